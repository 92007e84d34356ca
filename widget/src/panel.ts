/** The panel: fetched when the visitor reaches for the launcher, and the only part that stores. */
import { type Composer, createComposer } from "./composer.ts";
import contactStyles from "./contact.css";
import { createContactForm } from "./contact.ts";
import { adoptStyles, element, icon } from "./dom.ts";
import type { Guest } from "./guest.ts";
import { type Memory, createMemory } from "./memory.ts";
import panelStyles from "./panel.css";
import type { Project } from "./projects.ts";
import { type Interest, Problem, type Service, createService, randomId } from "./service.ts";
import { type Talk, createTalk } from "./talk.ts";
import { type PanelTexts, panelTextsOf } from "./texts.ts";
import { rememberVisit } from "./visits.ts";

export interface Panel {
  open(): void;
  close(): void;
  /** Opens, and asks as if the visitor had typed it. */
  ask(text: string): void;
}

/** What the loader hands over; `base` is where the service is, with its trailing slash. */
export interface Mount {
  base: string;
  project: Project;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  guest: Guest;
}

export interface PanelModule {
  mount(mount: Mount): Panel;
}

export function mount({ base, project, root, launcher, guest }: Mount): Panel {
  const texts = panelTextsOf(project);
  const desk = createDesk(base, project, texts, guest);
  const title = element("strong", { id: "title" }, project.name);
  const close = element(
    "button",
    { type: "button", class: "close", "aria-label": texts.close },
    icon("M6 6l12 12M18 6 6 18"),
  );
  const lines = [project.hours_line, project.legal_line]
    .filter((line) => line !== null)
    .map((line) => element("p", {}, line));
  const dialog = element(
    "div",
    {
      class: "panel",
      role: "dialog",
      "aria-labelledby": "title",
      lang: project.language,
      hidden: true,
    },
    element("div", { class: "head" }, element("div", {}, title, ...lines), close),
    desk.talk.view,
    desk.composer.view,
  );
  dialog.style.setProperty("--accent", project.accent);
  dialog.style.setProperty("--on-accent", project.on_accent);

  const panel: Panel = {
    open() {
      if (!dialog.hidden) return;
      desk.begin(); // while hidden: one layout instead of one for each line
      dialog.hidden = false;
      launcher.setAttribute("aria-expanded", "true");
      desk.talk.toEnd();
      desk.focus();
      if (guest.isAllowed()) rememberVisit(guest.visit);
      guest.tell(project.id, "opened");
    },
    close() {
      if (dialog.hidden) return;
      dialog.hidden = true;
      launcher.setAttribute("aria-expanded", "false");
      launcher.focus();
      guest.tell(project.id, "closed");
    },
    ask(text) {
      panel.open();
      desk.ask(text);
    },
  };
  close.onclick = panel.close;
  launcher.addEventListener("keydown", closeOnEscape);
  dialog.addEventListener("keydown", closeOnEscape);
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key === "Escape") panel.close();
  }
  // Typing here is not for the page's keyboard shortcuts.
  for (const type of ["keydown", "keypress", "keyup"]) {
    dialog.addEventListener(type, (event) => event.stopPropagation());
  }
  followKeyboard(dialog);
  adoptStyles(root, panelStyles + contactStyles);
  root.append(dialog);
  return panel;
}

/** A phone's keyboard lies over the page; the panel has to end above it. */
function followKeyboard(dialog: HTMLElement): void {
  const seen = window.visualViewport;
  const fit = () => {
    if (!seen || seen.scale > 1) return;
    dialog.style.setProperty("--top", `${seen.offsetTop}px`);
    dialog.style.setProperty("--height", `${seen.height}px`);
  };
  seen?.addEventListener("resize", fit);
  seen?.addEventListener("scroll", fit);
}

interface Desk {
  talk: Talk;
  composer: Composer;
  /** Greets, and goes on with the conversation there was; once. */
  begin(): void;
  /** Where a visitor goes on: the input, but not where a keyboard would cover what is to be read. */
  focus(): void;
  ask(text: string): void;
}

/** What happens between visitor and service, shown in the talk. */
function createDesk(base: string, project: Project, texts: PanelTexts, guest: Guest): Desk {
  const memory: Memory = createMemory(project.id, () => localStorage);
  const service: Service = createService(base, project, memory, guest);
  const talk = createTalk(project.name, texts);
  let begun = false;
  let lastId = "";
  let stop = new AbortController();

  const composer = createComposer(texts, {
    send: (text) => ask(text),
    stop: () => stop.abort(),
    askForCall: () => {
      showForm("call", project.quick_replies).querySelector("input")!.focus({ preventScroll: true });
      talk.toOffer();
    },
  });

  const focus = (): void => {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    (isTouch ? talk.view : composer.input).focus({ preventScroll: true });
  };

  const begin = (): void => {
    if (begun) return;
    begun = true;
    talk.say("desk", project.greeting);
    sayThanksAfter("");
    showQuickReplies(project.quick_replies);
    if (memory.read().conversation) void resume();
  };

  const resume = async (): Promise<void> => {
    composer.setBusy(true);
    try {
      for (const { id, author, text } of await service.history()) {
        talk.say(author, text);
        lastId = id;
        sayThanksAfter(id);
      }
    } catch (error) {
      talk.offer(explain(error, resume));
    } finally {
      composer.setBusy(false);
    }
  };

  /** A reload must not ask somebody to send again what was sent. */
  const sayThanksAfter = (id: string): void => {
    const { thanks } = memory.read();
    if (thanks?.after === id) talk.say("desk", thanks.text);
  };

  const ask = (text: string): void => {
    talk.say("visitor", text);
    void answer(randomId("m_"), text);
  };

  /** The same id again gives the same reply, so trying again never asks twice. */
  const answer = async (id: string, text: string): Promise<void> => {
    stop = new AbortController();
    talk.offer();
    composer.setBusy(true);
    const incoming = talk.receive();
    try {
      const reply = await service.send(id, text, incoming.add, stop.signal);
      incoming.end(reply.message.text);
      lastId = reply.message.id;
      // The reply is to be read first: the form waits below it and does not take the focus.
      if (reply.form) showForm(reply.form.interest, reply.quick_replies);
      else showQuickReplies(reply.quick_replies);
    } catch (error) {
      if (stop.signal.aborted) {
        incoming.end();
        talk.note(texts.stopped);
      } else {
        incoming.end("");
        talk.offer(explain(error, () => void answer(id, text)));
      }
    } finally {
      composer.setBusy(false);
    }
  };

  const showQuickReplies = (replies: string[]): void => {
    const buttons = replies.slice(0, 4).map((text) =>
      element(
        "button",
        {
          type: "button",
          class: "reply",
          onclick: () => {
            focus();
            ask(text);
          },
        },
        text,
      ),
    );
    talk.offer(buttons.length ? element("div", { class: "replies" }, ...buttons) : undefined);
  };

  const showForm = (interest: Interest, quickReplies: string[]): HTMLElement => {
    const leave = () => {
      showQuickReplies(quickReplies.length ? quickReplies : project.quick_replies);
      focus();
    };
    const form = createContactForm({
      project,
      texts,
      service,
      interest,
      contact: { ...memory.read().contact, ...guest.given },
      explain,
      onCancel: leave,
      onSent(message, contact) {
        memory.keep({ contact, thanks: { text: message, after: lastId } });
        talk.say("desk", message);
        leave();
      },
    });
    talk.offer(form);
    guest.tell(project.id, "form_shown");
    form.addEventListener("input", () => guest.tell(project.id, "form_started"), { once: true });
    return form;
  };

  const explain = (error: unknown, retry: () => void): HTMLElement => {
    const line = element("div", { class: "failure", role: "alert" });
    const again = () => {
      removeEventListener("online", again);
      line.remove();
      retry();
    };
    const isOffline = !(error instanceof Problem) && !navigator.onLine;
    if (isOffline) addEventListener("online", again);
    const refused = error instanceof Problem && error.status < 500 && error.message;
    line.append(
      element("p", {}, refused || (isOffline ? texts.offline : texts.unreachable)),
      element("button", { type: "button", class: "quiet", onclick: again }, texts.again),
    );
    return line;
  };

  return { talk, composer, begin, focus, ask };
}
