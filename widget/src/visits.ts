/**
 * The first visit and the last, for leads. Nothing is kept before the visitor has opened the panel;
 * from then on the two stand under one key for the site, without anything that names the visitor.
 */

/** How a page was reached; its parameters are read when a lead is sent. */
export interface Visit {
  address: string;
  referrer: string;
  at: number;
}

export interface Visits {
  first: Visit;
  last: Visit;
}

const KEY = "frontdesk:visits";
const KEPT_MILLISECONDS = 30 * 86_400_000;

/** The visit that brought the page up, where visits are remembered already. */
export const noteVisit = (visit: Visit): void =>
  void (beginsVisit(visit) && read() && rememberVisit(visit));

/** Once the panel was opened. */
export function rememberVisit(visit: Visit): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(readVisits(visit)));
  } catch {
    // Blocked or full.
  }
}

/** What is remembered, with this page's visit as the last one where it is one. */
export function readVisits(visit: Visit): Visits {
  const kept = read();
  return { first: visit, last: visit, ...kept, ...(beginsVisit(visit) && { last: visit }) };
}

function read(): Visits | undefined {
  try {
    const text = localStorage.getItem(KEY);
    if (!text) return;
    const kept: Visits = JSON.parse(text);
    if (Date.now() - kept.last.at < KEPT_MILLISECONDS) return kept;
  } catch {
    // Blocked, or not ours.
  }
  forgetVisits();
}

export function forgetVisits(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Blocked: then there is nothing.
  }
}

/** Otherwise it is a further page of the same visit. */
function beginsVisit({ address, referrer }: Visit): boolean {
  const { origin, search } = new URL(address);
  return /[?&](utm_|g(cl|bra)id|wbraid|fbclid|msclkid)/.test(search) ||
    (!!referrer && !referrer.startsWith(origin));
}

