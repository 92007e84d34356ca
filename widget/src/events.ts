/**
 * What the visitor did, told to the service in batches: when the page is left, when a lead was sent,
 * or when many wait. An event has an id so that the same batch may come twice; it stands for this
 * event alone, and nothing ties the events of one visitor together.
 */
import type { FrontdeskEventKind } from "../frontdesk.d.ts";

const MOST_A_PAGE_VIEW = 100;
const MOST_A_BATCH = 20;
/** A page that refuses the request (an ad-blocker, a policy) is not asked for ever. */
const TRIES = 3;

interface Waiting {
  project: string;
  kind: FrontdeskEventKind;
  /** Given when it is first sent: the page loads without it. */
  id?: string;
  at: number;
  milliseconds?: number | undefined;
}

export interface Events {
  add(project: string, kind: FrontdeskEventKind, milliseconds?: number): void;
  /** Sends what waits. */
  flush(): void;
  /** Forgets what waits. */
  drop(): void;
  /** A new page view, with its own cap. */
  renew(): void;
}

export function createEvents(url: string, mayTell: () => boolean): Events {
  let waiting: Waiting[] = [];
  let left = MOST_A_PAGE_VIEW;
  let tries = TRIES;

  const flush = (): void => {
    if (!tries || !mayTell()) return;
    while (waiting.length) {
      const { project } = waiting[0]!;
      const batch = waiting.filter((it) => it.project === project).slice(0, MOST_A_BATCH);
      waiting = waiting.filter((it) => !batch.includes(it));
      for (const it of batch) it.id ??= crypto.getRandomValues(new Uint32Array(3)).join("-");
      send(url, write(project, batch)).catch(() => {
        tries--;
        waiting = batch.concat(waiting);
      });
    }
  };

  return {
    add(project, kind, milliseconds) {
      if (!left) return;
      left--;
      waiting.push({ project, kind, at: Date.now(), milliseconds });
      if (kind === "sent" || waiting.length >= MOST_A_BATCH) flush();
    },
    flush,
    drop: () => (waiting = []),
    renew() {
      left = MOST_A_PAGE_VIEW;
      tries = TRIES;
    },
  };
}

/** Put together by hand: pages with an `Array.prototype.toJSON` are still about. */
function write(project: string, batch: Waiting[]): string {
  const now = Date.now();
  const events = batch.map(({ id, kind, at, milliseconds }) =>
    JSON.stringify({ id, kind, milliseconds, milliseconds_ago: Math.max(0, now - at) }),
  );
  const head = JSON.stringify({ project, path: location.pathname, version: PANEL_FILE.slice(6, -3) });
  return `${head.slice(0, -1)},"events":[${events.join()}]}`;
}

/**
 * Text needs no preflight. `fetch` with `keepalive` outlives the page as a beacon does, and has what
 * a beacon has not: no cookies and a failure that shows. A beacon it is where a browser has only that
 * (Firefox before 133).
 */
async function send(url: string, body: string): Promise<void> {
  if (!("keepalive" in Request.prototype)) return void navigator.sendBeacon(url, body);
  await fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" });
}
