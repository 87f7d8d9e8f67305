import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Reply = (response: ServerResponse, received: Received) => void;

/** A server that gives one scripted reply to each request in turn, and remembers the requests. */
export async function scriptedNode(...replies: Reply[]): Promise<{ url: string; received: Received[]; close(): void }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part)).on("end", () => {
      const one = { method: request.method!, url: request.url!, headers: request.headers, body };
      received.push(one);
      const reply = replies.shift();
      if (reply) reply(response, one);
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url, received,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const ok = (value: unknown): Reply => (response) =>
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));

export const lines = (...values: unknown[]): Reply => (response) => {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
  response.writeHead(200, { "Content-Type": "application/x-ndjson" }).end(text);
};

export const problem = (status: number, code: string, retryAfter?: string): Reply => (response) =>
  response.writeHead(status, { "Content-Type": "application/problem+json", ...(retryAfter && { "Retry-After": retryAfter }) })
    .end(JSON.stringify({ type: "about:blank", status, code, detail: `It is ${code}.` }));

/** The connection breaks without an answer. */
export const cut: Reply = (response) => response.destroy();

/** A stream in the given pieces, then its end. */
export const stream = (...pieces: string[]): Reply => async (response) => {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  for (const piece of pieces) {
    response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  response.end();
};
