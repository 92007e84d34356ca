import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, opensNext } from "../src/hours.ts";

const INDIA = "Asia/Kolkata";

const opens = (hours: string[], at: string, language = "en", time_zone = INDIA) =>
  opensNext(
    { office: { hours, greeting: "", line: "" }, language, country: "IN", time_zone },
    Date.parse(at),
  );

const WEEK = ["Mo-Fr 10:00-19:00", "Sa,Su 11:00-17:00"];

test("an open office opens at no other time", () => {
  assert.equal(opens(WEEK, "2026-11-25T10:00:00+05:30"), undefined);
  assert.equal(opens(WEEK, "2026-11-25T18:59:59+05:30"), undefined);
  assert.equal(opens(WEEK, "2026-11-29T12:00:00+05:30"), undefined);
});

test("a closed one says when it opens, as people say it", () => {
  assert.equal(opens(WEEK, "2026-11-25T09:59:00+05:30"), "today, 10:00 am");
  assert.equal(opens(WEEK, "2026-11-25T19:00:00+05:30"), "tomorrow, 10:00 am");
  assert.equal(opens(WEEK, "2026-11-27T20:00:00+05:30"), "tomorrow, 11:00 am");
  assert.equal(opens(["Mo 09:30-18:00"], "2026-11-25T12:00:00+05:30"), "Monday, 9:30 am");
  assert.equal(opens(["We 09:30-18:00"], "2026-11-25T19:00:00+05:30"), "Wednesday, 9:30 am");
});

test("the hours are the project's, wherever the visitor is", () => {
  const evening = "2026-11-25T15:30:00Z"; // 21:00 in Pune, 10:30 in New York
  assert.equal(opens(WEEK, evening), "tomorrow, 10:00 am");
  assert.equal(opens(WEEK, evening, "en", "America/New_York"), undefined);
});

test("days may run over the end of the week, and a day over midnight's edge", () => {
  assert.equal(opens(["Sa-Mo 10:00-24:00"], "2026-11-30T23:59:00+05:30"), undefined);
  assert.equal(opens(["Sa-Mo 10:00-24:00"], "2026-12-01T00:00:00+05:30"), "Saturday, 10:00 am");
});

test("other languages have their own words", () => {
  assert.match(opens(WEEK, "2026-11-25T19:00:00+05:30", "hi")!, /^कल, 10:00/);
});

test("days are called as people call them", () => {
  const now = new Date(2026, 10, 25, 12).getTime();
  const at = (day: number) => new Date(2026, 10, day, 9).toISOString();
  assert.equal(dayOf(at(25), now, "en-IN"), "Today");
  assert.equal(dayOf(at(24), now, "en-IN"), "Yesterday");
  assert.equal(dayOf(at(20), now, "en-IN"), "Fri, 20 Nov");
});
