/** The launcher of one project; it fetches the panel when the visitor reaches for it. */
import { adoptStyles, idly } from "./dom.ts";
import type { Guest } from "./guest.ts";
import styles from "./launcher.css";
import { awaitBubble, dress } from "./looks.ts";
import { hasWaiting } from "./outbox.ts";
import type { Panel, PanelModule } from "./panel.ts";
import type { Project } from "./projects.ts";
import { launcherText } from "./texts.ts";

export interface Launcher {
  readonly project: Project;
  open(): void;
  close(): void;
  ask(text: string): void;
  remove(): void;
}

/** How often we come back after the page threw us out; then it is meant. */
const RETURNS = 10;
const SIGNS = ["pointermove", "pointerdown", "keydown"] as const;
const NO_SIGN_MILLISECONDS = 10_000;

let attempts = 0;
const code = new Map<string, Promise<PanelModule>>();

/** The panel is built once for each language. */
function fetchCode(base: string, { language }: Project): Promise<PanelModule> {
  const file = /^hi\b/.test(language) ? HINDI_FILE : PANEL_FILE;
  let fetched = code.get(file);
  if (!fetched) {
    // Firefox and Safari remember that a module failed to load; another address tries again.
    const query = attempts++ ? `?${attempts}` : "";
    fetched = import(`${base}assets/${file}${query}`) as Promise<PanelModule>;
    code.set(file, fetched);
    fetched.catch(() => code.delete(file));
  }
  return fetched;
}

/**
 * What waits, in idle time, until somebody is there: the visitor's first movement, touch or key, told
 * with it, and a while after the page came up, told without. Returns what ends the waiting.
 */
function awaitVisitor(act: (sign?: PointerEvent | KeyboardEvent) => void): () => void {
  const hear = (sign: PointerEvent | KeyboardEvent): void => {
    stop();
    idly(() => act(sign));
  };
  const timer = setTimeout(() => idly(act), NO_SIGN_MILLISECONDS);
  for (const type of SIGNS) addEventListener(type, hear);
  const stop = (): void => {
    clearTimeout(timer);
    for (const type of SIGNS) removeEventListener(type, hear);
  };
  return stop;
}

/** Data is to be saved, or each byte takes its time. */
function isDataDear(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData || !!connection?.effectiveType?.includes("2g");
}

export function show(base: string, project: Project, guest: Guest): Launcher {
  const name = launcherText(project, "launcher");
  const host = document.createElement("frontdesk-widget");
  const root = host.attachShadow({ mode: "open" });
  adoptStyles(root, styles);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  button.setAttribute("aria-label", name);
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  dress(host, button, project, name);
  root.append(button);

  let panel: Promise<Panel> | undefined;
  const fetchPanel = (): Promise<Panel> => {
    if (!panel) {
      const launcherTexts = { launcher: name, unread: launcherText(project, "unread") };
      panel = fetchCode(base, project).then((module) =>
        module.mount({ base, project, root, launcher: button, guest, launcherTexts }),
      );
      panel.catch(() => (panel = undefined));
    }
    return panel;
  };
  const withPanel = (act: (panel: Panel) => void): void => {
    root.querySelector(".failed")?.remove();
    fetchPanel().then(act, () => {
      guest.tell(project.id, "failed");
      const note = document.createElement("p");
      note.className = "failed";
      note.setAttribute("role", "alert");
      note.textContent = launcherText(project, "failed");
      root.append(note);
    });
  };
  const open = (): void => withPanel((it) => it.open());
  const close = (): void => void panel?.then((it) => it.close());
  // A finger enters as it touches.
  button.onpointerenter = button.onfocus = () => void fetchPanel().catch(() => {});
  button.onclick = () => (button.getAttribute("aria-expanded") === "true" ? close() : open());

  // Beside the body, not in it: the page's own `:last-child` stays what it was, a transform on the
  // body does not move us, and we outlive scripts that replace the body.
  document.documentElement.append(host);
  const stay = stayOnPage(host);
  const sight = new IntersectionObserver(([entry]) => {
    if (!entry!.isIntersecting) return;
    sight.disconnect();
    guest.tell(project.id, "seen");
  });
  sight.observe(button);
  const stopBubble = awaitBubble({ base, project, root, launcher: button, open });
  // The first look into `localStorage` waits for another process and its disk: not while the page
  // comes up. And a finger gives no notice, between touch and click there is no time to fetch
  // anything: whoever touches the page stays to read. A page that is only loaded fetches nothing.
  const stopWaiting = awaitVisitor((sign) => {
    if (hasWaiting(project.id)) void fetchPanel().catch(() => {});
    else if ((sign as PointerEvent)?.pointerType === "touch" && !isDataDear()) {
      void fetchCode(base, project).catch(() => {});
    }
  });

  return {
    project,
    open,
    close,
    ask: (text) => withPanel((it) => it.ask(text)),
    remove() {
      stay.disconnect();
      sight.disconnect();
      stopBubble();
      stopWaiting();
      host.remove();
    },
  };
}

/** Frameworks that swap the whole document throw out what they do not know. */
function stayOnPage(host: HTMLElement): MutationObserver {
  let left = RETURNS;
  const observer = new MutationObserver(() => {
    if (host.isConnected || !document.documentElement || !left--) return;
    document.documentElement.append(host);
    watch();
  });
  // Their own children only: nothing that happens within the page wakes us.
  const watch = () => {
    observer.observe(document, { childList: true });
    observer.observe(document.documentElement, { childList: true });
  };
  watch();
  return observer;
}
