/** The panel on a small screen, which it fills: the keyboard, the way back, where Tab goes. */

/** The same condition as in panel.css. 400 % zoom is a small screen too. */
const FULL = "(max-width: 480px), (max-height: 420px)";

export const fillsScreen = (): boolean => matchMedia(FULL).matches;

/** A phone's keyboard lies over the page; the panel has to end above it. */
export function followKeyboard(dialog: HTMLElement): void {
  const seen = window.visualViewport;
  const fit = () => {
    if (!seen || seen.scale > 1) return;
    dialog.style.setProperty("--top", `${seen.offsetTop}px`);
    dialog.style.setProperty("--height", `${seen.height}px`);
  };
  seen?.addEventListener("resize", fit);
  seen?.addEventListener("scroll", fit);
}

/** While the panel fills the screen Tab stays in it: what lies under it cannot be seen. */
export function keepFocus(dialog: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== "Tab" || !fillsScreen()) return;
  const stops = [
    ...dialog.querySelectorAll<HTMLElement>("a,button,input,textarea,[tabindex='0']"),
  ].filter((it) => it.offsetParent && !(it as HTMLButtonElement).disabled && it.tabIndex >= 0);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if ((dialog.getRootNode() as ShadowRoot).activeElement !== from) return;
  event.preventDefault();
  to!.focus();
}

interface Watcher {
  onclose: (() => void) | null;
  destroy(): void;
}

/**
 * The way back (Android's button and gesture) closes the panel instead of leaving the page, while
 * the panel fills the screen. Returns what ends it. See docs/decisions/0016.
 */
export function closeOnBack(close: () => void): () => void {
  if (!fillsScreen()) return () => {};
  const { CloseWatcher } = window as { CloseWatcher?: new () => Watcher };
  if (CloseWatcher) {
    const watcher = new CloseWatcher();
    watcher.onclose = close;
    return () => watcher.destroy();
  }
  // The page's own state stays in the entry. Its router hears nothing of our coming and going, or,
  // where it listened first, of its own state at the address where it is.
  const away = (event: PopStateEvent): void => {
    event.stopImmediatePropagation();
    removeEventListener("popstate", away, true);
    isOurs = false;
    close();
  };
  let isOurs = true;
  history.pushState({ ...history.state, frontdesk: true }, "");
  addEventListener("popstate", away, true);
  return () => {
    // Where the page has gone on meanwhile, the entry is left.
    if (isOurs && history.state?.frontdesk) history.back();
    else removeEventListener("popstate", away, true);
  };
}
