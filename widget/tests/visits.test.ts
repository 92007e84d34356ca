import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetVisits, noteVisit, readVisits, rememberVisit } from "../src/visits.ts";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    value: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
  });
});

const visit = (query: string, at = Date.now(), referrer = "") => ({
  address: `https://palmgrove.example/${query}`,
  referrer,
  at,
});

test("nothing is kept before the panel was opened", () => {
  noteVisit(visit("?gclid=1"));
  assert.equal(kept.size, 0);
});

test("after that the first visit stays and the last is the latest", () => {
  const [first, second] = [visit("?gclid=1"), visit("?fbclid=2")];
  rememberVisit(first);
  noteVisit(second);
  rememberVisit(second);
  assert.deepEqual(readVisits(second), { first, last: second });
});

test("a further page of the same visit is no visit", () => {
  const first = visit("?utm_source=mail");
  rememberVisit(first);
  for (const [query, referrer] of [["plans", "https://palmgrove.example/"], ["?page=2", ""]] as const) {
    const further = visit(query, Date.now(), referrer);
    noteVisit(further);
    assert.deepEqual(readVisits(further).last, first);
  }
  const found = visit("", Date.now(), "https://www.google.com/");
  noteVisit(found);
  assert.deepEqual(readVisits(visit("plans")), { first, last: found });
});

test("a refusal forgets", () => {
  rememberVisit(visit(""));
  forgetVisits();
  assert.equal(kept.size, 0);
});

test("visits are forgotten after thirty days", () => {
  const now = visit("?gclid=new");
  rememberVisit(visit("?gclid=old", Date.now() - 31 * 86_400_000));
  noteVisit(now);
  assert.equal(kept.size, 0);
  assert.deepEqual(readVisits(now), { first: now, last: now });
});

test("where storage is blocked this visit is the only one", () => {
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new Error("blocked");
    },
  });
  const here = visit("?gclid=1");
  noteVisit(here);
  rememberVisit(here);
  assert.deepEqual(readVisits(here), { first: here, last: here });
});
