/**
 * What the visitor wrote and the service has not answered yet. It stands in the browser's memory
 * before it is sent, so that neither a lost network nor a reload loses it; ids and keys make sending
 * it again harmless.
 */
import { type Memory, memoryKey } from "./memory.ts";
import type { Enquiry } from "./service.ts";

export interface WaitingMessage {
  id: string;
  text: string;
  /** When it was written. */
  at: string;
}

export interface WaitingLead {
  /** The Idempotency-Key. */
  key: string;
  enquiry: Enquiry;
}

/** By id, in the order they were written; no array, which a page's `toJSON` could reach. */
export interface Waiting {
  messages: Record<string, WaitingMessage>;
  lead?: WaitingLead | undefined;
}

export interface Outbox {
  messages(): WaitingMessage[];
  lead(): WaitingLead | undefined;
  addMessage(message: WaitingMessage): void;
  removeMessage(id: string): void;
  setLead(lead: WaitingLead | undefined): void;
}

export function createOutbox(memory: Memory): Outbox {
  const read = (): Waiting => memory.read().waiting ?? { messages: {} };
  // Nothing that waits leaves nothing behind.
  const keep = ({ messages, lead }: Waiting): void => {
    const waiting = Object.keys(messages).length || lead ? { messages, lead } : undefined;
    memory.keep({ waiting });
  };

  return {
    messages: () => Object.values(read().messages),
    lead: () => read().lead,
    addMessage(message) {
      const { messages, lead } = read();
      keep({ messages: { ...messages, [message.id]: message }, lead });
    },
    removeMessage(id) {
      const { messages, lead } = read();
      delete messages[id];
      keep({ messages, lead });
    },
    setLead(lead) {
      if (lead || read().lead) keep({ ...read(), lead });
    },
  };
}

/** For the loader: whether an earlier page left something to send. */
export function hasWaiting(projectId: string): boolean {
  try {
    return /"waiting":\{/.test(localStorage.getItem(memoryKey(projectId))!);
  } catch {
    return false; // Blocked: then nothing is left.
  }
}
