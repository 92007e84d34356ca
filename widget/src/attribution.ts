/** Where the visitor came from, as `attribution` of a conversation and of a lead. */
export type Attribution = Record<string, string>;

const CAMPAIGN_KEYS =
  "utm_source utm_medium utm_campaign utm_term utm_content gclid gbraid wbraid fbclid msclkid";
const MAX_URL_LENGTH = 2000;
const MAX_VALUE_LENGTH = 500;

/**
 * `address` is the page's own; `referrer` counts only when it is another site. Nothing is kept
 * between pages, so the landing page is the one on which the visitor first spoke.
 */
export function attributionOf(address: string, referrer: string): Attribution {
  const url = new URL(address);
  const found: Attribution = { landing_page: pageUrl(address) };
  if (referrer && new URL(referrer).origin !== url.origin) {
    found.referrer = referrer.slice(0, MAX_URL_LENGTH);
  }
  for (const key of CAMPAIGN_KEYS.split(" ")) {
    const value = url.searchParams.get(key);
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
