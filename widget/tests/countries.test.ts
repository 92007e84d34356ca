import assert from "node:assert/strict";
import { test } from "node:test";
import { countries } from "../src/countries.ts";

test("countries come with their names in the project's language, in its order", () => {
  const english = countries("en");
  assert.deepEqual(english.find(({ code }) => code === "IN"), {
    code: "IN",
    name: "India",
    callingCode: "91",
  });
  const names = english.map(({ name }) => name);
  assert.deepEqual(names, [...names].sort(new Intl.Collator("en").compare));
  assert.equal(countries("hi").find(({ code }) => code === "IN")!.name, "भारत");
});

test("countries that share a code are all there", () => {
  const shared = countries("en").filter(({ callingCode }) => callingCode === "44");
  assert.deepEqual(shared.map(({ code }) => code).sort(), ["GB", "GG", "IM", "JE"]);
});
