import assert from "node:assert/strict";
import { test } from "node:test";
import { attributionOf, pageUrl, sourceOf } from "../src/attribution.ts";

test("campaign and click ids are taken, other parameters are not", () => {
  const address = "https://palmgrove.example/?utm_source=google&gclid=abc&secret=1&utm_term=";
  assert.deepEqual(sourceOf({ address, referrer: "" }), {
    landing_page: address,
    utm_source: "google",
    gclid: "abc",
  });
});

test("the site itself is no referrer", () => {
  const address = "https://palmgrove.example/plans";
  const from = (referrer: string) => sourceOf({ address, referrer }).referrer;
  assert.equal(from("https://palmgrove.example/"), undefined);
  assert.equal(from("https://www.google.com/"), "https://www.google.com/");
});

test("the page before, on the same site, is the landing page where only it has a campaign", () => {
  const landed = "https://palmgrove.example/?utm_source=mail";
  const at = (address: string, referrer: string) => sourceOf({ address, referrer });
  const plans = "https://palmgrove.example/plans";
  assert.deepEqual(at(plans, landed), { landing_page: landed, utm_source: "mail" });
  assert.equal(at(`${plans}?gclid=1`, landed).landing_page, `${plans}?gclid=1`);
  assert.equal(at(plans, "https://palmgrove.example/").landing_page, plans);
});

test("values are cut to what the service takes", () => {
  const long = "x".repeat(3000);
  const found = sourceOf({
    address: `https://palmgrove.example/?utm_source=${long}`,
    referrer: `https://a.example/${long}`,
  });
  assert.equal(found.utm_source!.length, 500);
  assert.equal(found.referrer!.length, 2000);
  assert.equal(found.landing_page, "https://palmgrove.example/");
});

test("a page's address is sent without its fragment", () => {
  assert.equal(pageUrl("https://palmgrove.example/a?b=1#c"), "https://palmgrove.example/a?b=1");
});

test("the first visit goes with the last", () => {
  const visit = (source: string, at: number) => ({
    address: `https://palmgrove.example/?utm_source=${source}`,
    referrer: "",
    at,
  });
  const found = attributionOf({ first: visit("mail", 0), last: visit("search", 9) });
  assert.equal(found.utm_source, "search");
  assert.deepEqual(found.first, {
    landing_page: "https://palmgrove.example/?utm_source=mail",
    utm_source: "mail",
    at: "1970-01-01T00:00:00.000Z",
  });
});
