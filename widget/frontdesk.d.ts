/**
 * What `widget.js` gives to the page's own scripts (docs/guide/site-scripts.md). No event carries
 * personal data, a question or an answer.
 */
export interface FrontdeskDetails {
  name?: string;
  /** As the visitor would type it. */
  phone?: string;
  /** ISO 3166-1, two letters: which country's number `phone` is. */
  country?: string;
  email?: string;
}

export type FrontdeskEventKind =
  | "loaded"
  | "seen"
  | "opened"
  | "asked"
  | "answered"
  | "form_shown"
  | "form_started"
  | "sent"
  | "failed"
  | "closed";

export interface FrontdeskEvent {
  /** The project's id. */
  project: string;
  /** With `answered`: from the question to the first words of the reply. */
  milliseconds?: number;
}

export interface FrontdeskApi {
  open(): void;
  close(): void;
  /** Opens the panel and asks, as if the visitor had typed it. */
  ask(text: string): void;
  /** Fills in the contact form; nothing is sent before the visitor sends it. */
  set(details: FrontdeskDetails): void;
  /** Returns what ends it. */
  on(event: FrontdeskEventKind, listener: (event: FrontdeskEvent) => void): () => void;
  /** What a consent banner was answered: whether events are counted and visits remembered. */
  consent(given: boolean): void;
  /** Runs the task at once; before the tag has loaded an array keeps it. */
  push(...tasks: ((desk: FrontdeskApi) => void)[]): void;
}

declare global {
  interface Window {
    Frontdesk?: FrontdeskApi | ((desk: FrontdeskApi) => void)[];
  }
  interface WindowEventMap extends Record<`frontdesk:${FrontdeskEventKind}`, CustomEvent<FrontdeskEvent>> {}
}
