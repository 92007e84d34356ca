/** The talk: messages in a log, and below it what is still coming and what to do next. */
import { element } from "./dom.ts";
import type { Message } from "./service.ts";
import type { PanelTexts } from "./texts.ts";

/** A reply on its way; `end` moves what was said into the log. */
export interface Incoming {
  add(text: string): void;
  end(text?: string): void;
}

export interface Talk {
  view: HTMLElement;
  say(author: Message["author"], text: string): void;
  note(text: string): void;
  receive(): Incoming;
  /** Puts something to do next under the messages, in place of what stood there. */
  offer(shown?: HTMLElement): void;
  /** Scrolls to what is offered; `offer` itself keeps the last message in sight. */
  toOffer(): void;
  toEnd(): void;
}

const NEAR_END_PX = 24;
const MARGIN_PX = 16;

export function createTalk(projectName: string, texts: PanelTexts): Talk {
  const log = element("div", { class: "log", role: "log", "aria-label": texts.conversation });
  // A reply is streamed outside the log, hidden from assistive technology, and moved into it once
  // it is whole: a screen reader says it once, and not token by token.
  const pending = element("div", { class: "pending", "aria-hidden": "true" });
  const next = element("div", { class: "next" });
  const view = element("div", { class: "talk", tabindex: "0" }, log, pending, next);
  const authors = { visitor: texts.you, desk: projectName, member: texts.team };

  // Who reads at the end stays there while things grow; who scrolled up is left alone.
  let staysAtEnd = true;
  const toEnd = () => {
    staysAtEnd = true;
    view.scrollTop = view.scrollHeight;
  };
  /** From the end back to the beginning of something, where it does not fit in whole. */
  const startFrom = (top: HTMLElement) => {
    view.scrollTop = Math.min(view.scrollTop, top.offsetTop - MARGIN_PX);
  };
  view.addEventListener("scroll", () => {
    staysAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END_PX;
  });
  const growth = new ResizeObserver(() => staysAtEnd && toEnd());
  for (const part of [log, pending, next, view]) growth.observe(part);

  const bubble = (author: Message["author"], text: string) =>
    element(
      "div",
      { class: `message ${author}`, dir: "auto" },
      element("span", { class: author === "member" ? "author" : "unseen" }, `${authors[author]}: `),
      text,
    );

  return {
    view,
    toEnd,
    say(author, text) {
      log.append(bubble(author, text));
      toEnd();
    },
    note(text) {
      log.append(element("p", { class: "note" }, text));
      toEnd();
    },
    receive() {
      const dots = element("div", { class: "dots" }, ...["", "", ""].map(() => element("i")));
      const message = bubble("desk", "");
      const text = document.createTextNode("");
      message.append(text);
      pending.replaceChildren(dots);
      toEnd();
      return {
        add(more) {
          if (!text.data) pending.replaceChildren(message);
          text.data += more;
        },
        end(whole = text.data) {
          text.data = whole;
          pending.replaceChildren();
          if (whole) log.append(message);
        },
      };
    },
    offer(shown) {
      next.replaceChildren(...(shown ? [shown] : []));
      toEnd();
      const last = log.lastElementChild as HTMLElement | null;
      if (last) startFrom(last);
    },
    toOffer() {
      toEnd();
      startFrom(next);
    },
  };
}
