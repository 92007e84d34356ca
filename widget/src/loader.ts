/**
 * `widget.js`: finds the page's project and shows its launcher. The panel is a module of its own,
 * fetched when the visitor reaches for it. Nothing is stored here before the visitor has opened it,
 * no element of the page is touched, and no string becomes markup or code (Trusted Types, strict
 * CSP).
 */
import type { FrontdeskApi } from "../frontdesk.d.ts";
import { createGuest } from "./guest.ts";
import { type Launcher, show } from "./launcher.ts";
import { type Project, pickProject } from "./projects.ts";

const script = document.currentScript as HTMLScriptElement | null;
// An own property, because a page's element with the id "Frontdesk" is found on the window as well.
const before = Object.hasOwn(window, "Frontdesk") ? window.Frontdesk : [];
if (!script) {
  // A module, or put in as text: then nobody says where the service is.
} else if (Array.isArray(before)) {
  start(script, before);
} else {
  // A second tag by mistake, or the next page's where a framework swaps pages: the first one looks.
  dispatchEvent(new Event("frontdesk:tag"));
}

function start(script: HTMLScriptElement, tasks: ((desk: FrontdeskApi) => void)[]): void {
  const { src } = script;
  const base = src.slice(0, src.split("?")[0]!.lastIndexOf("/") + 1);
  const guest = createGuest(base, script.dataset.consent === "required");
  let asked: { named: string | undefined; projects: Project[] } | undefined;
  let shown: Launcher | undefined;

  /** Shows what the page's address and its tag say now. */
  const look = async (): Promise<void> => {
    const tag = script.isConnected ? script : [...document.scripts].find((it) => it.src === script.src);
    const named = tag ? tag.dataset.project : asked?.named;
    if (!asked || asked.named !== named) asked = { named, projects: await fetchProjects(base, named) };
    await whenParsed();
    const project = pickProject(asked.projects, location.pathname, named);
    if (project?.id === shown?.project.id) return;
    shown?.remove();
    shown = project && show(base, project, guest);
    if (project) tellLoaded(project);
  };
  const tellLoaded = ({ id }: Project): void => {
    const tell = () => guest.tell(id, "loaded");
    // A page that is rendered ahead may never be seen.
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener("prerenderingchange", tell, { once: true });
    } else tell();
  };

  let looking = look().catch(() => {});
  const lookAgain = (): void => void (looking = looking.then(look).catch(() => {}));
  // The page may change its address without loading. Where the browser does not tell, a click is
  // what mostly changes it; the page's own `history` stays as it is.
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) navigation.addEventListener("currententrychange", lookAgain);
  else addEventListener("click", () => setTimeout(lookAgain), { passive: true });
  for (const type of ["popstate", "frontdesk:tag"]) addEventListener(type, lookAgain);
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !shown) return;
    guest.renew();
    for (const kind of ["loaded", "seen"] as const) guest.tell(shown.project.id, kind);
  });

  const whenShown = (act: (launcher: Launcher) => void): void =>
    void looking.then(() => shown && act(shown));
  const desk: FrontdeskApi = {
    open: () => whenShown((it) => it.open()),
    close: () => whenShown((it) => it.close()),
    ask: (text) => whenShown((it) => it.ask(text)),
    set: (details) => void Object.assign(guest.given, details),
    on(kind, listener) {
      const hear = ({ detail }: CustomEvent) => listener(detail);
      addEventListener(`frontdesk:${kind}`, hear);
      return () => removeEventListener(`frontdesk:${kind}`, hear);
    },
    consent: guest.consent,
    push: (...more) => more.forEach((task) => task(desk)),
  };
  window.Frontdesk = desk;
  desk.push(...tasks);
}

async function fetchProjects(base: string, named: string | undefined): Promise<Project[]> {
  // From here on nobody stands on the call stack but this function. Whoever notes where a request comes
  // from (DevTools, a site's measuring) has V8 read the source of each one on it again, and that of the
  // whole tag took as long as the request.
  await null;
  const project = named ? `&project=${encodeURIComponent(named)}` : "";
  const reply = await fetch(`${base}v1/widget?host=${encodeURIComponent(location.host)}${project}`, {
    credentials: "omit",
    priority: "low",
  });
  return reply.ok ? (await reply.json()).projects : [];
}

/** Until the body is there the parser would put it after us, and Tab would reach us first. */
function whenParsed(): Promise<unknown> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
}
