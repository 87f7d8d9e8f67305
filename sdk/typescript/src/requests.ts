import { Problem } from "./problem.js";

/** As much of the platform's `fetch` as is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface RequestOptions {
  /** Instead of the platform's own. */
  readonly fetch?: Fetch;
  /** Times a request is sent again after 429, 503 or a broken connection; 6. */
  readonly retries?: number;
  /** Longest pause between two tries in seconds; 30. */
  readonly longestPause?: number;
}

export interface Request {
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** GET, or POST with a body, where left out. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends requests again while the node is busy or the connection breaks. That is safe for messages too: the very same
 * bytes go out again, and a node takes a message once and answers a repetition with the first answer.
 */
export class Requests {
  readonly #fetch: Fetch;
  readonly #retries: number;
  readonly #longestPause: number;

  constructor(readonly url: string, options: RequestOptions = {}) {
    this.#fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#retries = options.retries ?? 6;
    this.#longestPause = options.longestPause ?? 30;
  }

  /** @throws Problem */
  async json<T>(request: Request): Promise<T> {
    return (await this.send(request, async (response) => JSON.parse(await response.text()))) as T;
  }

  text(request: Request): Promise<string> {
    return this.send(request, (response) => response.text());
  }

  bytes(request: Request): Promise<Uint8Array> {
    return this.send(request, async (response) => new Uint8Array(await response.arrayBuffer()));
  }

  /** An answer that is good but not yet read; tried once. */
  open(request: Request): Promise<Response> {
    return this.once(request, (response) => Promise.resolve(response));
  }

  /** Waits as the node asks, else twice as long at each try, with some chance so that not all come back at once. */
  pause(attempt: number, seconds: number | undefined, signal?: AbortSignal): Promise<void> {
    const own = 0.25 * 2 ** attempt * (0.75 + Math.random() / 2);
    return sleep(Math.min(seconds ?? own, this.#longestPause) * 1000, signal);
  }

  private async send<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(request, read);
      } catch (error) {
        if (!isPassing(error) || request.signal?.aborted || attempt >= this.#retries) throw error;
        await this.pause(attempt, error instanceof Problem ? error.retryAfter : undefined, request.signal);
      }
    }
  }

  private async once<T>(request: Request, read: (response: Response) => Promise<T>): Promise<T> {
    const { path, body, type, method, headers, signal } = request;
    const response = await this.#fetch(this.url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...(type && { "Content-Type": type }), ...headers },
      ...(body !== undefined && { body }), ...(signal && { signal }),
    });
    if (!response.ok) throw await Problem.from(response);
    return read(response);
  }
}

export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The same request may succeed later. The platform reports a connection that failed or broke as a TypeError. */
export function isPassing(error: unknown): boolean {
  return error instanceof Problem ? error.isPassing : error instanceof TypeError;
}
