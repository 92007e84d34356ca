export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Reads server-sent events from a response body, after HTML, section 9.2.6 "Interpreting an event
 * stream". `id` and `retry` are left out: nobody reconnects to a reply. An event that the stream's
 * end cuts off is dropped, as the standard says. Leaving the loop early closes the stream.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerEvent, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let event = "";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      // A CR at the end of a chunk may be the first half of a CRLF.
      const lines = rest.split(done ? /\r\n?|\n/ : /\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      for (const line of lines) {
        if (!line) {
          if (data.length) yield { event: event || "message", data: data.join("\n") };
          event = "";
          data = [];
          continue;
        }
        const [, field, text] = /^([^:]*):? ?(.*)$/s.exec(line)!;
        if (field === "event") event = text!;
        if (field === "data") data.push(text!);
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
