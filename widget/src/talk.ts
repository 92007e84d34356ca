/** The talk: messages in a log, and below it what is still coming and what to do next. */
import { element } from "./dom.ts";
import { dayOf, timeOf } from "./hours.ts";
import type { Author } from "./service.ts";
import type { PanelTexts } from "./texts.ts";

/** A reply on its way; `end` says what came of it, nothing where nothing did. */
export interface Incoming {
  add(text: string): void;
  /** Returns what was shown. */
  end(): string;
}

export interface Said {
  author: Author;
  text: string;
  /** RFC 3339; what has none stands without a time. */
  at?: string | undefined;
}

export interface Talk {
  view: HTMLElement;
  /** Returns the message, to be marked while it waits. */
  say(said: Said, ...cards: HTMLElement[]): HTMLElement;
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
const GAP_MINUTES = 10;
const QUIET_SECONDS = 2;

export function createTalk(projectName: string, language: string, texts: PanelTexts): Talk {
  const log = element("div", { class: "log", role: "log", "aria-label": texts.conversation });
  // A reply is streamed outside the log, hidden from assistive technology, and moved into it once
  // it is whole: a screen reader says it once, and not token by token.
  const pending = element("div", { class: "pending", "aria-hidden": "true" });
  const status = element("p", { class: "unseen", role: "status" });
  const next = element("div", { class: "next" });
  const view = element("div", { class: "talk", tabindex: "0" }, log, pending, status, next);
  const authors = { visitor: texts.you, desk: projectName, member: texts.team };

  // Who reads at the end stays there while things grow; who scrolled up is left alone.
  let staysAtEnd = true;
  /** The last message, which cards may follow. */
  let latest: HTMLElement | undefined;
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
  // A form that grows under the hand stays where it is.
  const growth = new ResizeObserver(() => {
    if (!staysAtEnd || next.matches(":focus-within")) return;
    toEnd();
    if (latest && !pending.firstChild) startFrom(latest);
  });
  for (const part of [log, pending, next, view]) growth.observe(part);

  const bubble = (author: Author, text: string) =>
    element(
      "div",
      { class: `message ${author}` },
      element("span", { class: author === "member" ? "author" : "unseen" }, `${authors[author]}: `),
      text,
    );

  /** When the talk goes on after a while, it says when; on another day, which day. */
  let last = "";
  const when = (at: string): HTMLElement[] => {
    const now = Date.now();
    const day = dayOf(at, now, language);
    const isSoon = last && Date.parse(at) - Date.parse(last) < GAP_MINUTES * 60_000;
    const isSameDay = last && day === dayOf(last, now, language);
    last = at;
    if (isSoon && isSameDay) return [];
    const time = timeOf(at, undefined, language);
    const said = isSameDay ? time : `${day}, ${time}`;
    return [element("p", { class: "when" }, element("time", { datetime: at }, said))];
  };

  return {
    view,
    toEnd,
    say({ author, text, at }, ...cards) {
      const message = bubble(author, text);
      log.append(...(at ? when(at) : []), message, ...cards);
      latest = message;
      toEnd();
      return message;
    },
    note(text) {
      log.append(element("p", { class: "note" }, text));
      toEnd();
    },
    receive() {
      const message = bubble("desk", "");
      const text = document.createTextNode("");
      message.append(text);
      pending.replaceChildren(
        element("div", { class: "dots" }, ...["", "", ""].map(() => element("i"))),
      );
      toEnd();
      const quiet = setTimeout(() => (status.textContent = texts.typing), QUIET_SECONDS * 1000);
      // What comes within a frame is painted once.
      let frame = 0;
      let whole = "";
      const paint = () => {
        frame = 0;
        if (!text.data) pending.replaceChildren(message);
        text.appendData(whole.slice(text.data.length));
      };
      return {
        add(more) {
          whole += more;
          frame ||= requestAnimationFrame(paint);
        },
        end() {
          cancelAnimationFrame(frame);
          clearTimeout(quiet);
          status.textContent = "";
          pending.replaceChildren();
          return whole;
        },
      };
    },
    offer(shown) {
      next.replaceChildren(...(shown ? [shown] : []));
      toEnd();
      if (latest) startFrom(latest);
    },
    toOffer() {
      toEnd();
      startFrom(next);
    },
  };
}
