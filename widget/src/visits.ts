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

/** For the loader: the visit that brought the page up, where visits are remembered already. */
export function noteVisit(visit: Visit, isAllowed: boolean): void {
  const kept = read();
  if (!isAllowed) forget();
  else if (kept && beginsVisit(visit)) store({ ...kept, last: visit });
}

function read(): Visits | undefined {
  try {
    const kept: Visits | null = JSON.parse(localStorage.getItem(KEY)!);
    if (kept && Date.now() - kept.last.at < KEPT_MILLISECONDS) return kept;
  } catch {
    // Blocked, or not ours.
  }
  return forget();
}

function forget(): undefined {
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

function store(visits: Visits): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(visits));
  } catch {
    // Blocked or full.
  }
}

/** For the panel: what is remembered, this page's visit being the only one otherwise. */
export function readVisits(visit: Visit): Visits {
  return read() ?? { first: visit, last: visit };
}

/** For the panel, once it was opened. */
export function rememberVisit(visit: Visit): void {
  store(readVisits(visit));
}
