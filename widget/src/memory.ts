/**
 * What this browser keeps of a visitor: the conversation and the contact details, under one key for
 * each project, and not before the visitor has said something. Where storage is blocked or full it
 * is kept for as long as the page lives.
 */
import type { Waiting } from "./outbox.ts";

export interface Conversation {
  id: string;
  token: string;
  expires_at: string;
}

export interface Contact {
  name: string;
  phone: string;
  country: string;
  email: string;
}

/** What a form was answered with: the service keeps the lead, and only the talk its messages. */
export interface Thanks {
  text: string;
  /** The id of the message that stood before it; "" where it was the first. */
  after: string;
}

export interface Kept {
  conversation?: Conversation | undefined;
  contact?: Contact;
  thanks?: Thanks;
  /** Of replies that were stopped, what was shown; by the id of the question. */
  stopped?: Record<string, string>;
  waiting?: Waiting | undefined;
}

export interface Memory {
  read(): Kept;
  keep(more: Kept): void;
}

const KEPT_HOURS = 72;

export const memoryKey = (projectId: string) => `frontdesk:${projectId}`;

/** `storage` is asked each time, because the mere mention of `localStorage` may throw. */
export function createMemory(
  projectId: string,
  storage: () => Storage,
  now: () => number = Date.now,
): Memory {
  const key = memoryKey(projectId);
  let inPage: (Kept & { expires_at: string }) | undefined;

  const read = (): Kept => {
    let kept = inPage;
    try {
      const stored = storage().getItem(key);
      if (stored) kept = JSON.parse(stored);
      if (kept && !isAhead(kept.expires_at)) {
        storage().removeItem(key);
      }
    } catch {
      // Blocked, or not ours: what the page itself remembers stands.
    }
    if (!kept || !isAhead(kept.expires_at)) return {};
    const { expires_at, conversation, ...more } = kept;
    return {
      ...(conversation && isAhead(conversation.expires_at) && { conversation }),
      ...more,
    };
  };
  const isAhead = (time: string): boolean => Date.parse(time) > now();

  return {
    read,
    keep(more) {
      inPage = {
        ...read(),
        ...more,
        expires_at: new Date(now() + KEPT_HOURS * 3_600_000).toISOString(),
      };
      try {
        storage().setItem(key, JSON.stringify(inPage));
      } catch {
        // Blocked or full.
      }
    },
  };
}
