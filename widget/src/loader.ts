/**
 * `widget.js`: finds the page's project and shows the launcher. The panel is a module of its own,
 * fetched when the visitor reaches for the launcher. Nothing is stored here, no element of the page
 * is touched, and no string becomes markup or code (Trusted Types, strict CSP).
 */
import { adoptStyles, icon } from "./dom.ts";
import styles from "./launcher.css";
import type { Panel, PanelModule } from "./panel.ts";
import { type Project, pickProject } from "./projects.ts";
import { launcherTextsOf } from "./texts.ts";

const script = document.currentScript as HTMLScriptElement | null;
// A second tag by mistake does nothing. An own property, because a page's element with the id
// "Frontdesk" is found on the window as well.
if (script && !Object.hasOwn(window, "Frontdesk")) start(script);

function start(script: HTMLScriptElement): void {
  const base = new URL(".", script.src).href;
  const launcher = load(base, script.dataset.project).catch(() => undefined);
  window.Frontdesk = {
    open: () => void launcher.then((it) => it?.open()),
    close: () => void launcher.then((it) => it?.close()),
  };
}

async function load(base: string, named: string | undefined): Promise<Launcher | undefined> {
  if (!("replaceSync" in CSSStyleSheet.prototype)) return;
  const query = new URLSearchParams({ host: location.host, ...(named && { project: named }) });
  const reply = await fetch(`${base}v1/widget?${query}`, { credentials: "omit", priority: "low" });
  if (!reply.ok) return;
  const { projects } = (await reply.json()) as { projects: Project[] };
  const project = pickProject(projects, location.pathname, named);
  if (!project) return;
  // Until the body is there the parser would put it after us, and Tab would reach us first.
  if (document.readyState === "loading") {
    await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
  }
  return show(base, project);
}

interface Launcher {
  open(): void;
  close(): void;
}

function show(base: string, project: Project): Launcher {
  const texts = launcherTextsOf(project);
  const host = document.createElement("frontdesk-widget");
  host.toggleAttribute("left", project.position === "left");
  const root = host.attachShadow({ mode: "open" });
  adoptStyles(root, styles);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  button.style.setProperty("--accent", project.accent);
  button.style.setProperty("--on-accent", project.on_accent);
  button.setAttribute("aria-label", texts.launcher);
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  button.append(launcherIcon());
  root.append(button);

  let attempts = 0;
  let panel: Promise<Panel> | undefined;
  const fetchPanel = (): Promise<Panel> => {
    if (!panel) {
      // Firefox and Safari remember that a module failed to load; another address tries again.
      const query = attempts++ ? `?${attempts}` : "";
      panel = (import(`${base}assets/${PANEL_FILE}${query}`) as Promise<PanelModule>).then(
        (module) => module.mount({ base, project, root, launcher: button }),
      );
      panel.catch(() => (panel = undefined));
    }
    return panel;
  };
  const open = (): void => {
    root.querySelector(".failed")?.remove();
    fetchPanel().then(
      (it) => it.open(),
      () => {
        const note = document.createElement("p");
        note.className = "failed";
        note.setAttribute("role", "alert");
        note.textContent = texts.failed;
        root.append(note);
      },
    );
  };
  const close = (): void => void panel?.then((it) => it.close());
  for (const intent of ["pointerenter", "touchstart", "focus"]) {
    button.addEventListener(intent, () => void fetchPanel().catch(() => {}), { passive: true });
  }
  button.onclick = () => (button.getAttribute("aria-expanded") === "true" ? close() : open());

  // Beside the body, not in it: the page's own `:last-child` stays what it was, a transform on the
  // body does not move us, and we outlive scripts that replace the body.
  document.documentElement.append(host);
  return { open, close };
}

/** A speech bubble, and the chevron that takes its place while the panel is open. */
const launcherIcon = () =>
  icon(
    "M20.5 11.5a8 8 0 0 1-11.9 7L4 20l1.5-4.4a8 8 0 1 1 15-4.1zM9 10h7M9 13.5h4.5",
    "m6 9.5 6 6 6-6",
  );
