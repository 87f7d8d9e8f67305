/** A refusal or failure as the node tells it (RFC 9457). `code` is stable and meant for programs. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(readonly status: number, readonly code: string, readonly detail: string, readonly retryAfter?: number) {
    super(`${code}: ${detail}`);
  }

  /** The same request may succeed later. */
  get isPassing(): boolean {
    return this.status === 429 || this.status === 503;
  }

  static async from(response: Response): Promise<Problem> {
    const text = await response.text();
    const { code, detail, title } = parse(text);
    return new Problem(response.status, code ?? `http_${response.status}`,
      detail ?? title ?? (text.slice(0, 200) || response.statusText), secondsIn(response.headers.get("Retry-After")));
  }
}

function parse(text: string): { code?: string; detail?: string; title?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

// Seconds or a date (RFC 9110 §10.2.3).
function secondsIn(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
