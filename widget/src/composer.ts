/** Where the visitor writes. Enter sends, Shift and Enter begin a new line. */
import { element, icon } from "./dom.ts";
import type { PanelTexts } from "./texts.ts";

export interface Composer {
  view: HTMLElement;
  input: HTMLTextAreaElement;
  /** While a reply is coming the button stops it. */
  setBusy(busy: boolean): void;
}

const MAX_LENGTH = "2000";
const MAX_HEIGHT_PX = 120;

export function createComposer(
  texts: PanelTexts,
  on: { send(text: string): void; stop(): void; askForCall(): void },
): Composer {
  const input = element("textarea", {
    rows: "1",
    maxlength: MAX_LENGTH,
    enterkeyhint: "send",
    autocomplete: "off",
    autocapitalize: "sentences",
    dir: "auto",
    placeholder: texts.write,
    "aria-label": texts.write,
  });
  const button = element("button", { type: "submit", class: "send" });
  let busy = false;

  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, MAX_HEIGHT_PX)}px`;
  };
  const send = () => {
    const text = input.value.trim();
    if (busy || !text) return;
    input.value = "";
    fit();
    on.send(text);
  };
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    // While an input method composes (Hindi, Marathi, …) Enter picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });

  const setBusy = (now: boolean) => {
    busy = now;
    button.setAttribute("aria-label", busy ? texts.stop : texts.send);
    button.replaceChildren(icon(busy ? "M7 7h10v10H7z" : "M12 19V5M6 11l6-6 6 6"));
  };
  setBusy(false);

  const view = element(
    "div",
    { class: "foot" },
    element(
      "form",
      {
        class: "composer",
        onsubmit: (event: Event) => {
          event.preventDefault();
          if (busy) on.stop();
          else send();
        },
      },
      input,
      button,
    ),
    element(
      "button",
      { type: "button", class: "quiet", onclick: () => on.askForCall() },
      texts.call_back,
    ),
  );
  return { view, input, setBusy };
}
