/**
 * What the widget may know and tell on somebody else's page, whichever project is shown there: the
 * consent, the events, how the page was reached, what the page's scripts said about the visitor.
 */
import type { FrontdeskDetails, FrontdeskEventKind } from "../frontdesk.d.ts";
import { createEvents } from "./events.ts";
import { type Visits, forgetVisits, noteVisit, readVisits, rememberVisit } from "./visits.ts";

export interface Guest {
  /** How the site was reached, first and last. */
  visits(): Visits;
  /** The panel was opened: visits are remembered from now on. */
  remember(): void;
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
  // Not before the banner's word; without one as the browser says, which is asked when it matters.
  let given = needsConsent ? false : undefined;
  const isAllowed = (): boolean => (given ??= !wantsPrivacy());
  const visit = { address: location.href, referrer: document.referrer, at: Date.now() };
  const events = createEvents(`${base}v1/events`, isAllowed);
  // Also when the page is left, after its `pagehide`.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    if (isAllowed()) noteVisit(visit);
    events.flush();
  });

  return {
    visits: () => readVisits(visit),
    remember: () => void (isAllowed() && rememberVisit(visit)),
    given: {},
    isAllowed,
    tell(project, kind, milliseconds) {
      dispatchEvent(new CustomEvent(`frontdesk:${kind}`, { detail: { project, milliseconds } }));
      events.add(project, kind, milliseconds);
    },
    consent(isGiven) {
      given = isGiven;
      if (given) return;
      forgetVisits();
      events.drop();
    },
    renew: events.renew,
  };
}

function wantsPrivacy(): boolean {
  const { doNotTrack, globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean } & Navigator;
  return !!globalPrivacyControl || doNotTrack === "1";
}
