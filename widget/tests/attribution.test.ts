import assert from "node:assert/strict";
import { test } from "node:test";
import { attributionOf, pageUrl } from "../src/attribution.ts";

test("campaign and click ids are taken, other parameters are not", () => {
  const page = "https://palmgrove.example/?utm_source=google&gclid=abc&secret=1&utm_term=";
  assert.deepEqual(attributionOf(page, ""), {
    landing_page: page,
    utm_source: "google",
    gclid: "abc",
  });
});

test("the site itself is no referrer", () => {
  const page = "https://palmgrove.example/plans";
  assert.equal(attributionOf(page, "https://palmgrove.example/").referrer, undefined);
  assert.equal(attributionOf(page, "https://www.google.com/").referrer, "https://www.google.com/");
});

test("values are cut to what the service takes", () => {
  const long = "x".repeat(3000);
  const found = attributionOf(`https://palmgrove.example/?utm_source=${long}`, `https://a.example/${long}`);
  assert.equal(found.utm_source!.length, 500);
  assert.equal(found.referrer!.length, 2000);
  assert.equal(found.landing_page, "https://palmgrove.example/");
});

test("a page's address is sent without its fragment", () => {
  assert.equal(pageUrl("https://palmgrove.example/a?b=1#c"), "https://palmgrove.example/a?b=1");
});
