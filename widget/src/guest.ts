/**
 * What the widget may know and tell on somebody else's page, whichever project is shown there: the
 * consent, the events, how the page was reached, what the page's scripts said about the visitor.
 */
import type { FrontdeskDetails, FrontdeskEventKind } from "../frontdesk.d.ts";
import { createEvents } from "./events.ts";
import { type Visit, noteVisit } from "./visits.ts";

export interface Guest {
  /** How this page was reached. */
  visit: Visit;
  /** From `Frontdesk.set()`. */
  given: FrontdeskDetails;
  /** Whether events may be told and visits remembered. */
  isAllowed(): boolean;
  /** Tells the page's scripts at once, and the service in time. */
  tell(project: string, kind: FrontdeskEventKind, milliseconds?: number): void;
  consent(given: boolean): void;
  /** The page comes back from the browser's cache: a new page view. */
  renew(): void;
}

/** With `needsConsent` nothing is told or remembered before `consent(true)`. */
export function createGuest(base: string, needsConsent: boolean): Guest {
  const { doNotTrack, globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean } & Navigator;
  let isAllowed = !needsConsent && !globalPrivacyControl && doNotTrack !== "1";
  const visit = { address: location.href, referrer: document.referrer, at: Date.now() };
  const events = createEvents(`${base}v1/events`, () => isAllowed);
  const consent = (given: boolean): void => {
    isAllowed = given;
    noteVisit(visit, given);
    if (!given) events.drop();
  };
  if (isAllowed) consent(true);

  return {
    visit,
    given: {},
    isAllowed: () => isAllowed,
    tell(project, kind, milliseconds) {
      dispatchEvent(new CustomEvent(`frontdesk:${kind}`, { detail: { project, milliseconds } }));
      events.add(project, kind, milliseconds);
    },
    consent,
    renew: events.renew,
  };
}
