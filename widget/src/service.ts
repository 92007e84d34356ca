/** Calls to the service, and the conversation that hangs on them (docs/guide/visitor-api.md). */
import type { FrontdeskEventKind } from "../frontdesk.d.ts";
import { attributionOf, pageUrl } from "./attribution.ts";
import type { Card } from "./cards.ts";
import { idly } from "./dom.ts";
import type { Guest } from "./guest.ts";
import type { Contact, Memory } from "./memory.ts";
import type { Project } from "./projects.ts";
import type { Snapshot, SnapshotModule } from "./snapshot.ts";
import { readEvents } from "./sse.ts";

export type Interest = "price" | "visit" | "call" | "brochure" | "other";

export type Author = "visitor" | "desk" | "member";

export interface Message {
  id: string;
  author: Author;
  text: string;
  at?: string;
  /** The visitor's message that it answers. */
  reply_to?: string | null;
  /** As they were when it was said. */
  cards?: Card[];
}

/** What a visitor wants, as far as the talk has told; `visit_at` and `call_at` are RFC 3339. */
export interface Qualification {
  configuration?: string;
  budget?: string;
  timeline?: string;
  purpose?: string;
  visit_at?: string;
  call_at?: string;
}

/** What the visitor said of themselves in the talk, for the form to confirm. */
export interface Told {
  name?: string;
  phone?: { number: string; country: string };
  email?: string;
  qualification?: Qualification;
}

export interface Reply {
  message: Message;
  quick_replies: string[];
  form: { interest: Interest } | null;
  talk?: Told | null;
}

export interface FieldError {
  field: string;
  detail: string;
}

interface ProblemDocument {
  status: number;
  code: string;
  detail: string;
  errors?: FieldError[];
}

/** The service refused; every other failure means that it could not be reached or broke off. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];

  constructor({ status, code, detail, errors = [] }: ProblemDocument) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export interface Enquiry extends Contact {
  interest: Interest;
  consent: { given: boolean; version: string };
  qualification?: Qualification | undefined;
}

export interface Service {
  /** The panel was opened: reads what the page says, where the project wants it. */
  prepare(): void;
  /** The messages so far, oldest first; none where there is no conversation to go on with. */
  history(): Promise<Message[]>;
  /** Sends a visitor's message and streams the reply; the same `id` again gives the same reply. */
  send(id: string, text: string, onDelta: (text: string) => void, stop: AbortSignal): Promise<Reply>;
  /** Hands in a lead and returns what to say to the visitor. */
  submit(key: string, enquiry: Enquiry): Promise<string>;
  /** The project's settings as they are now. */
  refresh(): Promise<Project | undefined>;
}

const SILENCE_SECONDS = 45;
const SUBMIT_SECONDS = 30;
const SNAPSHOT_SECONDS = 3;

export function createService(
  base: string,
  project: Project,
  memory: Memory,
  guest: Guest,
): Service {
  const context = () => ({
    project: project.id,
    page: {
      url: pageUrl(guest.isAllowed() ? location.href : location.origin + location.pathname),
      title: document.title.slice(0, 200),
    },
    attribution: guest.isAllowed() ? attributionOf(guest.visits()) : {},
  });
  const tell = (kind: FrontdeskEventKind, milliseconds?: number): void =>
    guest.tell(project.id, kind, milliseconds);
  /** Does it, and tells where that failed. */
  const telling = async <Result>(act: Promise<Result>, stop?: AbortSignal): Promise<Result> => {
    try {
      return await act;
    } catch (error) {
      if (!stop?.aborted) tell("failed");
      throw error;
    }
  };

  let snapshot: Promise<Snapshot | undefined> | undefined;
  const readPage = async (): Promise<Snapshot> => {
    const module = (await import(`${base}assets/${SNAPSHOT_FILE}`)) as SnapshotModule;
    await new Promise<void>((resolve) => idly(resolve));
    return module.takeSnapshot();
  };

  const start = async () => {
    const { page, ...where } = context();
    // Begun when the panel was opened, it is there by now; no question waits long for it.
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, SNAPSHOT_SECONDS * 1000));
    const said = await Promise.race([snapshot, late]);
    const body = {
      ...where,
      page: { ...page, ...(said && { snapshot: said }) },
      language: navigator.language,
    };
    const conversation = await (await call(`${base}v1/conversations`, { body })).json();
    memory.keep({ conversation });
    return conversation;
  };

  /** Does something within the conversation; with one that is over, once more within a new one. */
  const within = async <Result>(
    act: (url: string, token: string) => Promise<Result>,
  ): Promise<Result> => {
    const kept = memory.read().conversation;
    const { id, token } = kept ?? (await start());
    try {
      return await act(`${base}v1/conversations/${id}/messages`, token);
    } catch (error) {
      if (!kept || !isOver(error)) throw error;
      memory.keep({ conversation: undefined });
      return within(act);
    }
  };

  return {
    prepare() {
      if (project.snapshot && !memory.read().conversation) {
        snapshot ??= readPage().catch(() => undefined);
      }
    },

    async history() {
      if (!memory.read().conversation) return [];
      const { id, token } = memory.read().conversation!;
      try {
        const reply = await call(`${base}v1/conversations/${id}/messages`, { token });
        return (await reply.json()).messages;
      } catch (error) {
        if (!isOver(error)) throw error;
        memory.keep({ conversation: undefined });
        return [];
      }
    },

    send(id, text, onDelta, stop) {
      const askedAt = performance.now();
      let isAnswered = false;
      const answered = () => {
        if (!isAnswered) tell("answered", Math.round(performance.now() - askedAt));
        isAnswered = true;
      };
      tell("asked");
      const answer = within<Reply>(async (url, token) => {
        const silence = new AbortController();
        const abort = () => silence.abort();
        let timer = setTimeout(abort, SILENCE_SECONDS * 1000);
        stop.addEventListener("abort", abort);
        try {
          const reply = await call(url, { token, body: { id, text }, signal: silence.signal });
          for await (const { event, data } of readEvents(reply.body!)) {
            clearTimeout(timer);
            timer = setTimeout(abort, SILENCE_SECONDS * 1000);
            const value = JSON.parse(data);
            if (event === "delta" || event === "done") answered();
            if (event === "delta") onDelta(value.text);
            if (event === "done") return value;
            if (event === "error") throw new Problem(value);
          }
          throw new Error("The reply was cut off.");
        } finally {
          clearTimeout(timer);
          stop.removeEventListener("abort", abort);
        }
      });
      return telling(answer, stop);
    },

    async submit(key, { name, phone, country, email, interest, consent, qualification }) {
      const sending = call(`${base}v1/leads`, {
        key,
        token: memory.read().conversation?.token,
        signal: AbortSignal.timeout(SUBMIT_SECONDS * 1000),
        body: {
          ...context(),
          name,
          phone: { number: phone, country },
          email: email || null,
          interest,
          note: "",
          consent,
          ...(qualification && { qualification }),
        },
      });
      const { message } = await (await telling(sending)).json();
      tell("sent");
      return message;
    },

    async refresh() {
      const query = `host=${encodeURIComponent(location.host)}&project=${project.id}`;
      const reply = await call(`${base}v1/widget?${query}`, {});
      const { projects } = (await reply.json()) as { projects: Project[] };
      return projects[0];
    },
  };
}

/** 401 for a token that ran out, 404 for a conversation that was erased. */
function isOver(error: unknown): boolean {
  return error instanceof Problem && (error.status === 401 || error.status === 404);
}

interface Call {
  body?: unknown;
  token?: string | undefined;
  key?: string;
  signal?: AbortSignal;
}

async function call(url: string, { body, token, key, signal }: Call): Promise<Response> {
  const reply = await fetch(url, {
    method: body ? "POST" : "GET",
    credentials: "omit",
    cache: "no-cache",
    headers: {
      ...(body ? { "Content-Type": "application/json" } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(key ? { "Idempotency-Key": key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
  });
  if (reply.ok) return reply;
  // What stands in front of the service answers in HTML; that says no more than its status.
  const problem = await reply.json().catch(() => ({}));
  throw new Problem({ code: "", detail: "", ...problem, status: reply.status });
}

/** 128 random bits as text that fits a message id and an Idempotency-Key. */
export function randomId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return prefix + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
