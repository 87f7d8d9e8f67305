/** One server-sent event. */
export interface ServerEvent {
  readonly id: string | null;
  readonly data: string;
}

/** Reads server-sent events however the network cuts them (WHATWG HTML §9.2.6). */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let id: string | null = null;
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line === "") {
      if (data.length > 0) yield { id, data: data.join("\n") };
      data = [];
      continue;
    }

    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data.push(value);
    if (name === "id" && !value.includes("\0")) id = value;
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return; // An event without its empty line was cut off and is dropped.
      rest += decoder.decode(value, { stream: true });
      // A lone carriage return at the end may be the first half of a line end.
      const held = rest.endsWith("\r") ? "\r" : "";
      const parts = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/);
      rest = parts.pop()! + held;
      yield* parts;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
