import assert from "node:assert/strict";
import { test } from "node:test";
import { spaced, withoutCode, wrongDigits } from "../src/phone-number.ts";

const INDIA = { calling_code: "91", digits: [10] };

test("a number of another length is told by its digits", () => {
  assert.equal(wrongDigits("98765 4321", INDIA), 9);
  assert.equal(wrongDigits("98765-43210-9", INDIA), 11);
});

test("what may be right in any way of writing it is left to the service", () => {
  for (const number of [
    "98765 43210",
    "098765 43210",
    "91 98765 43210",
    "0091 98765 43210",
    "+971 50 123 4567",
    "98765 43210 / 98765 43211",
    "९८७६५ ४३२१०",
    "call me",
    "98765 4321 ext 5",
  ]) {
    assert.equal(wrongDigits(number, INDIA), undefined, number);
  }
  assert.equal(wrongDigits("12", { calling_code: "", digits: [] }), undefined);
});

test("a number is shown beside its calling code, or readable with it", () => {
  assert.equal(withoutCode("+919876543210", "91"), "98765 43210");
  assert.equal(withoutCode("+971501234567", "91"), "+971501234567");
  assert.equal(spaced("+919876543210", "91"), "+91\u00a098765\u00a043210");
  assert.equal(spaced("+971501234567", "91"), "+971501234567");
});
