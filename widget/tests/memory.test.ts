import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemory } from "../src/memory.ts";

const START = Date.parse("2026-11-23T09:00:00Z");
const HOUR = 3_600_000;
const contact = { name: "Asha Rao", phone: "98765 43210", country: "IN", email: "" };
const conversation = {
  id: "c1",
  token: "t1",
  expires_at: new Date(START + 24 * HOUR).toISOString(),
};

class FakeStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

function setUp() {
  const storage = new FakeStorage();
  const clock = { at: START };
  const open = (projectId = "palm-grove") =>
    createMemory(projectId, () => storage as unknown as Storage, () => clock.at);
  return { storage, clock, open };
}

test("what is kept is there after a reload", () => {
  const { open } = setUp();
  open().keep({ conversation });
  open().keep({ contact });
  assert.deepEqual(open().read(), { conversation, contact });
});

test("reading stores nothing", () => {
  const { open, storage } = setUp();
  assert.deepEqual(open().read(), {});
  assert.equal(storage.items.size, 0);
});

test("each project has one key of its own", () => {
  const { open, storage } = setUp();
  open().keep({ conversation });
  open().keep({ contact });
  assert.deepEqual([...storage.items.keys()], ["frontdesk:palm-grove"]);
  assert.deepEqual(open("coral-bay").read(), {});
});

test("a conversation ends at its expiry, and everything is erased after 72 hours", () => {
  const { open, clock, storage } = setUp();
  open().keep({ conversation, contact });
  clock.at = START + 24 * HOUR;
  assert.deepEqual(open().read(), { contact });
  clock.at = START + 72 * HOUR;
  assert.deepEqual(open().read(), {});
  assert.equal(storage.items.size, 0);
});

test("a conversation can be let go while the contact stays", () => {
  const { open } = setUp();
  open().keep({ conversation, contact });
  open().keep({ conversation: undefined });
  assert.deepEqual(open().read(), { contact });
});

test("where storage is blocked the page remembers", () => {
  const memory = createMemory(
    "palm-grove",
    () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
    () => START,
  );
  memory.keep({ conversation });
  assert.deepEqual(memory.read(), { conversation });
});

test("where storage is full the page remembers", () => {
  const { storage, open } = setUp();
  storage.setItem = () => {
    throw new DOMException("Full.", "QuotaExceededError");
  };
  const memory = open();
  memory.keep({ conversation });
  assert.deepEqual(memory.read(), { conversation });
});

test("something else under our key is no harm", () => {
  const { storage, open } = setUp();
  for (const junk of ["not json", "null", "7", '{"expires_at":3}', '{"conversation":{}}']) {
    storage.items.set("frontdesk:palm-grove", junk);
    assert.deepEqual(open().read(), {}, junk);
  }
});
