import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kept, type Memory } from "../src/memory.ts";
import { createOutbox } from "../src/outbox.ts";

function setUp(): { kept: Kept; memory: Memory } {
  const kept: Kept = {};
  // As storage does: text in between, so that nothing is shared.
  const memory: Memory = {
    read: () => JSON.parse(JSON.stringify(kept)),
    keep: (more) => void Object.assign(kept, more),
  };
  return { kept, memory };
}

const message = (id: string) => ({ id, text: `text of ${id}`, at: "2026-11-25T10:00:00.000Z" });
const lead = {
  key: "form_1",
  enquiry: {
    name: "Asha Rao",
    phone: "98765 43210",
    country: "IN",
    email: "",
    interest: "call" as const,
    consent: { given: true, version: "1" },
  },
};

test("messages wait in the order in which they were written", () => {
  const { memory } = setUp();
  const outbox = createOutbox(memory);
  for (const id of ["m_b", "m_a", "m_c"]) outbox.addMessage(message(id));
  outbox.removeMessage("m_a");
  assert.deepEqual(createOutbox(memory).messages(), [message("m_b"), message("m_c")]);
});

test("a message that is kept twice waits once", () => {
  const { memory } = setUp();
  const outbox = createOutbox(memory);
  outbox.addMessage(message("m_a"));
  outbox.addMessage(message("m_a"));
  assert.equal(outbox.messages().length, 1);
});

test("messages and a lead do not push each other out", () => {
  const { memory } = setUp();
  const outbox = createOutbox(memory);
  outbox.addMessage(message("m_a"));
  outbox.setLead(lead);
  outbox.removeMessage("m_a");
  assert.deepEqual([outbox.messages(), outbox.lead()], [[], lead]);
});

test("nothing that waits leaves nothing behind, and no lead is no reason to write", () => {
  const { kept, memory } = setUp();
  const outbox = createOutbox(memory);
  outbox.setLead(undefined);
  assert.ok(!("waiting" in kept));
  outbox.setLead(lead);
  outbox.setLead(undefined);
  assert.equal(kept.waiting, undefined);
});
