/** Where a visitor came from, as `attribution` of a conversation and of a lead. */
import { type Visit, type Visits } from "./visits.ts";

export interface Source {
  [name: string]: string;
}

/** The last visit, and the first. */
export type Attribution = Record<string, string | Source>;

const CAMPAIGN_KEYS =
  "utm_source utm_medium utm_campaign utm_term utm_content gclid gbraid wbraid fbclid msclkid";
const MAX_URL_LENGTH = 2000;
const MAX_VALUE_LENGTH = 500;

export function attributionOf({ first, last }: Visits): Attribution {
  return {
    ...sourceOf(last),
    first: { ...sourceOf(first), at: new Date(first.at).toISOString() },
  };
}

/**
 * `referrer` counts only where it is another site. Nothing is kept before the visitor opens the
 * panel, but the page before this one, if it was on the same site, is still known by its address:
 * where that has campaign parameters and ours has none, it is the landing page.
 */
export function sourceOf({ address, referrer }: Pick<Visit, "address" | "referrer">): Source {
  const found = read(address);
  if (!referrer) return found;
  if (new URL(referrer).origin !== new URL(address).origin) {
    return { ...found, referrer: referrer.slice(0, MAX_URL_LENGTH) };
  }
  const before = read(referrer);
  return Object.keys(found).length < 2 && Object.keys(before).length > 1 ? before : found;
}

function read(address: string): Source {
  const found: Source = { landing_page: pageUrl(address) };
  const { searchParams } = new URL(address);
  for (const key of CAMPAIGN_KEYS.split(" ")) {
    const value = searchParams.get(key);
    if (value) found[key] = value.slice(0, MAX_VALUE_LENGTH);
  }
  return found;
}

/** The address without its fragment; without its query too where that makes it too long. */
export function pageUrl(address: string): string {
  const { origin, pathname, search } = new URL(address);
  const whole = origin + pathname + search;
  return whole.length > MAX_URL_LENGTH ? (origin + pathname).slice(0, MAX_URL_LENGTH) : whole;
}
