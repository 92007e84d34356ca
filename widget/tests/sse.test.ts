import assert from "node:assert/strict";
import { test } from "node:test";
import { type ServerEvent, readEvents } from "../src/sse.ts";

const bytes = new TextEncoder();

function streamOf(chunks: (string | Uint8Array)[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const rest = chunks.map((chunk) => (typeof chunk === "string" ? bytes.encode(chunk) : chunk));
  return new ReadableStream({
    pull(controller) {
      const chunk = rest.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: onCancel,
  });
}

async function read(...chunks: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(streamOf(chunks))) events.push(event);
  return events;
}

const hello = [{ event: "delta", data: "hello" }];

test("an event has a name and data", async () => {
  assert.deepEqual(await read("event: delta\ndata: hello\n\n"), hello);
  assert.deepEqual(await read("data: hello\n\n"), [{ event: "message", data: "hello" }]);
});

test("a name does not outlive its event", async () => {
  assert.deepEqual(await read("event: delta\n\ndata: a\n\n"), [{ event: "message", data: "a" }]);
});

test("chunks may break anywhere, inside a character too", async () => {
  const whole = bytes.encode("event: delta\r\ndata: ₹84 lakh, नमस्ते\r\n\r\nevent: done\ndata: {}\n\n");
  const expected = [
    { event: "delta", data: "₹84 lakh, नमस्ते" },
    { event: "done", data: "{}" },
  ];
  for (let size = 1; size <= whole.length; size++) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += size) chunks.push(whole.slice(at, at + size));
    assert.deepEqual(await read(...chunks), expected, `in chunks of ${size}`);
  }
});

test("lines end in LF, CRLF or CR", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    assert.deepEqual(await read(`event: delta${end}data: hello${end}${end}`), hello);
  }
});

test("a CRLF split over two chunks is one line end", async () => {
  assert.deepEqual(await read("event: delta\r", "\ndata: hello\r", "\n\r", "\n"), hello);
});

test("comments and unknown fields are passed over", async () => {
  assert.deepEqual(await read(": keep-alive\n\nid: 7\nretry: 10\nevent: delta\ndata: hello\n\n"), hello);
});

test("one space after the colon goes, the others stay", async () => {
  assert.deepEqual(await read("data:  a:b\n\n"), [{ event: "message", data: " a:b" }]);
  assert.deepEqual(await read("data:x\ndata\n\n"), [{ event: "message", data: "x\n" }]);
});

test("several data lines are joined by line feeds", async () => {
  assert.deepEqual(await read("data: a\ndata: b\n\n"), [{ event: "message", data: "a\nb" }]);
});

test("an event that the end cuts off is dropped", async () => {
  assert.deepEqual(await read("event: delta\ndata: hello\n\ndata: half"), hello);
  assert.deepEqual(await read("data: half\n"), []);
});

test("leaving the loop closes the stream", async () => {
  let cancelled = false;
  const stream = streamOf(["data: a\n\n", "data: b\n\n", "data: c\n\n"], () => (cancelled = true));
  for await (const _ of readEvents(stream)) break;
  assert.ok(cancelled);
});
