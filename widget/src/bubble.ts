/**
 * The greeting beside the launcher, fetched when its moment has come. Nothing is stored: a bubble
 * that was dismissed, or a panel that was opened, ends it for this page view.
 */
import styles from "./bubble.css";
import { adoptStyles, element, icon } from "./dom.ts";

export interface Bubble {
  root: ShadowRoot;
  launcher: HTMLElement;
  text: string;
  language: string;
  dismiss: string;
  open(): void;
}

export interface BubbleModule {
  showBubble(bubble: Bubble): void;
}

export function showBubble({ root, launcher, text, language, dismiss, open }: Bubble): void {
  if (launcher.getAttribute("aria-expanded") === "true") return;
  adoptStyles(root, styles);
  const remove = () => bubble.remove();
  const bubble = element(
    "div",
    { class: "bubble", lang: language, dir: "auto", role: "status" },
    element(
      "button",
      {
        type: "button",
        class: "words",
        onclick: () => {
          remove();
          open();
        },
      },
      text,
    ),
    element(
      "button",
      { type: "button", class: "dismiss", "aria-label": dismiss, onclick: remove },
      icon("M7 7l10 10M17 7 7 17"),
    ),
  );
  bubble.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    remove();
    launcher.focus();
  });
  launcher.before(bubble);
  launcher.addEventListener("click", remove, { once: true });
}
