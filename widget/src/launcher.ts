/** The launcher of one project; it fetches the panel when the visitor reaches for it. */
import { STORAGE_AFTER_MILLISECONDS, adoptStyles, idly } from "./dom.ts";
import type { Guest } from "./guest.ts";
import styles from "./launcher.css";
import { awaitBubble, dress } from "./looks.ts";
import { hasWaiting } from "./outbox.ts";
import type { Panel, PanelModule } from "./panel.ts";
import type { Project } from "./projects.ts";
import { launcherTextsOf } from "./texts.ts";

export interface Launcher {
  readonly project: Project;
  open(): void;
  close(): void;
  ask(text: string): void;
  remove(): void;
}

/** How often we come back after the page threw us out; then it is meant. */
const RETURNS = 10;

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
 * A finger gives no notice: between touch and click there is no time to fetch anything. Whoever
 * touches the page stays to read, so that first touch fetches the panel in idle time, unless the
 * connection is slow or its data is to be saved. A page that is only loaded never fetches it.
 */
function fetchOnFirstTouch(base: string, project: Project): void {
  const onTouch = ({ pointerType }: PointerEvent): void => {
    if (pointerType !== "touch") return;
    removeEventListener("pointerdown", onTouch);
    const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
    if (connection?.saveData || /2g/.test(connection?.effectiveType ?? "")) return;
    idly(() => void fetchCode(base, project).catch(() => {}));
  };
  addEventListener("pointerdown", onTouch);
}

export function show(base: string, project: Project, guest: Guest): Launcher {
  const texts = launcherTextsOf(project);
  const host = document.createElement("frontdesk-widget");
  const root = host.attachShadow({ mode: "open" });
  adoptStyles(root, styles);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "launcher";
  button.setAttribute("aria-label", texts.launcher);
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  dress(host, button, project, texts.launcher);
  root.append(button);

  let panel: Promise<Panel> | undefined;
  const fetchPanel = (): Promise<Panel> => {
    if (!panel) {
      panel = fetchCode(base, project).then((module) =>
        module.mount({ base, project, root, launcher: button, guest, launcherTexts: texts }),
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
      note.textContent = texts.failed;
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
  fetchOnFirstTouch(base, project);
  const { dismiss } = texts;
  const stopBubble = awaitBubble({ base, project, root, launcher: button, dismiss, open });
  idly(
    () => hasWaiting(project.id) && fetchPanel().catch(() => {}),
    STORAGE_AFTER_MILLISECONDS,
  );

  return {
    project,
    open,
    close,
    ask: (text) => withPanel((it) => it.ask(text)),
    remove() {
      stay.disconnect();
      sight.disconnect();
      stopBubble();
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
