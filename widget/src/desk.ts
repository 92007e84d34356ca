/** What happens between visitor and service, shown in the talk. */
import type { Card, CardsModule } from "./cards.ts";
import { type Composer, createComposer } from "./composer.ts";
import { createContactForm } from "./contact.ts";
import { element } from "./dom.ts";
import type { Guest } from "./guest.ts";
import { dateIn, opensNext, timeOf } from "./hours.ts";
import { type Contact, type Memory, createMemory, memoryKey } from "./memory.ts";
import { type WaitingLead, type WaitingMessage, createOutbox } from "./outbox.ts";
import { type Project, localeOf } from "./projects.ts";
import {
  type Interest,
  type Message,
  Problem,
  type Reply,
  type Told,
  createService,
  randomId,
} from "./service.ts";
import { type Talk, createTalk } from "./talk.ts";
import type { PanelTexts } from "./texts.ts";

export interface Desk {
  talk: Talk;
  composer: Composer;
  /** Greets, and goes on with the conversation there was; once. */
  begin(): void;
  /** Where a visitor goes on: the input, but not where a keyboard would cover what is to be read. */
  focus(): void;
  ask(text: string): void;
}

interface Setting {
  base: string;
  project: Project;
  root: ShadowRoot;
  texts: PanelTexts;
  guest: Guest;
  /** A reply has come. */
  onReply(): void;
}

/** A refusal will not become a yes by itself; everything else may. */
const isRefusal = (error: unknown): error is Problem =>
  error instanceof Problem && error.status < 500 && error.status !== 429 && error.status !== 408;

export function createDesk({ base, project, root, texts, guest, onReply }: Setting): Desk {
  const memory: Memory = createMemory(project.id, () => localStorage);
  const outbox = createOutbox(memory);
  const service = createService(base, project, memory, guest);
  const { quick_replies: quickReplies } = project;
  const language = localeOf(project);
  const talk = createTalk(project.name, language, texts);
  /** By id: what stands in the log already. */
  const said = new Set<string>();
  const shown = new Map<string, HTMLElement>();
  /** What this page has to send: its own, and what an earlier page could not. */
  const queue = outbox.messages();
  /** What was typed into a form that another one takes the place of. */
  let draft: Partial<Contact> = {};
  let begun = false;
  let working = false;
  let lastId = "";
  let stop = new AbortController();

  const composer = createComposer(texts, {
    send: (text) => ask(text),
    stop: () => stop.abort(),
    askForCall: () => goToForm("call"),
  });

  const focus = (): void => {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    (isTouch ? talk.view : composer.input).focus({ preventScroll: true });
  };

  const begin = (): void => {
    if (begun) return;
    begun = true;
    service.prepare();
    const opens = opensNext(project, Date.now());
    const greeting = opens
      ? project.office!.greeting.replaceAll("{opens}", opens)
      : project.greeting;
    if (greeting) talk.say({ author: "desk", text: greeting });
    sayThanksAfter("");
    showQuickReplies();
    for (const message of queue) showWaiting(message);
    void resume().then(work);
  };

  const say = ({ id, author, text, at, reply_to, cards = [] }: Message): void => {
    if (said.has(id)) return;
    said.add(id);
    const stopped = reply_to && memory.read().stopped?.[reply_to];
    if (typeof stopped === "string") return sayStopped(reply_to!, stopped);
    shown.get(id)?.remove();
    talk.say({ author, text, at }, ...showCards(cards));
    lastId = id;
    sayThanksAfter(id);
  };

  /** The service makes a reply whole; the visitor did not want to read that. */
  const sayStopped = (question: string, text: string): void => {
    const key = `${question} stopped`;
    if (said.has(key)) return;
    said.add(key);
    if (text) talk.say({ author: "desk", text });
    talk.note(texts.stopped);
  };

  /** What was said so far, here or in another tab. */
  const resume = async (): Promise<void> => {
    if (!memory.read().conversation) return;
    composer.setBusy(true);
    try {
      (await service.history()).forEach(say);
    } catch (error) {
      talk.offer(explain(error, () => void resume().then(work)));
    } finally {
      composer.setBusy(false);
    }
  };

  const sayThanks = (text: string): void =>
    talk.say({ author: "desk", text }).classList.add("thanks");

  /** A reload must not ask somebody to send again what was sent. */
  const sayThanksAfter = (id: string): void => {
    const { thanks } = memory.read();
    if (thanks?.after !== id || said.has(thanks.text)) return;
    said.add(thanks.text);
    sayThanks(thanks.text);
  };

  const ask = (text: string): void => {
    const message = { id: randomId("m_"), text, at: new Date().toISOString() };
    queue.push(message);
    outbox.addMessage(message);
    showWaiting(message);
    void work();
  };

  const showWaiting = ({ id, text, at }: WaitingMessage): void => {
    if (!said.has(id)) shown.set(id, talk.say({ author: "visitor", text, at }));
  };
  const markWaiting = (isWaiting: boolean): void => {
    for (const { id } of queue) {
      shown.get(id)?.classList.toggle("waiting", isWaiting);
      if (isWaiting) shown.get(id)?.setAttribute("data-state", texts.waiting);
    }
  };

  /** Sends what waits, oldest first, until something fails. */
  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    try {
      while (queue[0] && (await answer(queue[0])));
    } finally {
      working = false;
    }
    const lead = outbox.lead();
    if (lead && !isFormOpen()) await sendLead(lead);
  };
  const isFormOpen = () => !!talk.view.querySelector("form");

  const leave = (id: string): void => {
    queue.shift();
    outbox.removeMessage(id);
  };

  /** The same id again gives the same reply, so trying again never asks twice. */
  const answer = async (message: WaitingMessage): Promise<boolean> => {
    const { id, text } = message;
    stop = new AbortController();
    talk.offer();
    composer.setBusy(true);
    markWaiting(false);
    const incoming = talk.receive();
    try {
      const reply = await service.send(id, text, incoming.add, stop.signal);
      incoming.end();
      said.add(id);
      leave(id);
      showReply(reply);
      return true;
    } catch (error) {
      const begun = incoming.end();
      if (stop.signal.aborted) {
        said.add(id);
        leave(id);
        memory.keep({ stopped: { ...memory.read().stopped, [id]: begun } });
        sayStopped(id, begun);
        showQuickReplies();
        return true;
      }
      if (isRefusal(error)) {
        leave(id);
        talk.offer(
          explain(error, () => {
            queue.unshift(message);
            outbox.addMessage(message);
            void work();
          }),
        );
      } else {
        markWaiting(true);
        talk.offer(explain(error, () => void work()));
      }
      return false;
    } finally {
      composer.setBusy(false);
    }
  };

  const showReply = ({ message, quick_replies, form, talk: told }: Reply): void => {
    say(message);
    onReply();
    // The reply is to be read first: the form waits below it and does not take the focus.
    if (form) showForm(form.interest, quick_replies, told ?? {});
    else showQuickReplies(quick_replies);
  };

  const showCards = (cards: Card[]): HTMLElement[] => {
    if (!cards.length) return [];
    // The reply above them was read out; a whole table would be too much.
    const place = element("div", { class: "cards", "aria-live": "off" });
    (import(`${base}assets/${CARDS_FILE}`) as Promise<CardsModule>).then(
      ({ createCards }) => {
        const onSlot = ({ start }: { start: string }) =>
          goToForm("visit", { qualification: { visit_at: start } });
        place.append(...createCards(cards, { root, texts, language, onSlot }));
      },
      () => {}, // the reply has said it in words
    );
    return [place];
  };

  const showQuickReplies = (replies = quickReplies): void => {
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

  const goToForm = (interest: Interest, told?: Told): void => {
    const form = showForm(interest, quickReplies, told);
    form.querySelector("input")!.focus({ preventScroll: true });
    talk.toOffer();
  };

  const showForm = (interest: Interest, replies: string[], told: Told = {}): HTMLElement => {
    const done = () => {
      showQuickReplies(replies.length ? replies : quickReplies);
      focus();
    };
    const { contact } = memory.read();
    const visitAt = told.qualification?.visit_at;
    const zone = project.time_zone;
    const form = createContactForm({
      base,
      project,
      texts,
      service,
      outbox,
      interest,
      contact: {
        ...contact,
        ...guest.given,
        ...(told.name && { name: told.name }),
        ...(told.email && { email: told.email }),
        ...(told.phone && { phone: told.phone.number, country: told.phone.country }),
        ...draft,
      },
      asked: told.phone?.number,
      qualification: told.qualification,
      visitAt:
        visitAt && `${dateIn(visitAt, zone, language)}, ${timeOf(visitAt, zone, language)}`,
      explain,
      onCancel: done,
      onSent(message, contact) {
        memory.keep({ contact });
        draft = {};
        thank(message);
        done();
      },
    });
    talk.offer(form);
    guest.tell(project.id, "form_shown");
    form.addEventListener("input", () => guest.tell(project.id, "form_started"), { once: true });
    form.addEventListener("input", () => {
      for (const { id, value } of form.querySelectorAll<HTMLInputElement>(".row input")) {
        draft[id as "name" | "phone" | "email"] = value;
      }
    });
    return form;
  };

  const thank = (text: string): void => {
    memory.keep({ thanks: { text, after: lastId } });
    said.add(text);
    sayThanks(text);
  };

  /** A form that an earlier page could not hand in. */
  const sendLead = async ({ key, enquiry }: WaitingLead): Promise<void> => {
    try {
      thank(await service.submit(key, enquiry));
      outbox.setLead(undefined);
      showQuickReplies();
      onReply();
    } catch (error) {
      const again = () => void work();
      if (isRefusal(error)) {
        outbox.setLead(undefined);
        const { name, email, phone: number, country, qualification } = enquiry;
        showForm(enquiry.interest, quickReplies, {
          name,
          email,
          phone: { number, country },
          ...(qualification && { qualification }),
        });
        talk.note(error.message);
      } else talk.offer(explain(error, again, texts.offline_form));
    }
  };

  const explain = (error: unknown, retry: () => void, offline = texts.offline): HTMLElement => {
    const line = element("div", { class: "failure", role: "alert" });
    const again = () => {
      removeEventListener("online", again);
      const wasShown = line.isConnected;
      line.remove();
      if (wasShown) retry();
    };
    const isUnreached = !(error instanceof Problem);
    if (isUnreached) addEventListener("online", again);
    const refused = !isUnreached && error.status < 500 && error.message;
    line.append(
      element("p", {}, refused || (isUnreached && !navigator.onLine ? offline : texts.unreachable)),
      element("button", { type: "button", class: "quiet", onclick: again }, texts.again),
    );
    return line;
  };

  // Another tab has gone on with the conversation; or this page comes out of the browser's cache.
  const follow = (): void => void (begun && !working && resume());
  addEventListener("storage", ({ key }) => key === memoryKey(project.id) && follow());
  addEventListener("pageshow", ({ persisted }) => persisted && follow());
  // What an earlier page could not send goes out without the panel being opened.
  if (queue.length || outbox.lead()) begin();

  return { talk, composer, begin, focus, ask };
}
