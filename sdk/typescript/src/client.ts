import { type Envelope, writeEnvelope } from "./canonical.js";
import type { Hex } from "./hex.js";
import { Problem } from "./problem.js";
import type { Receipt } from "./receipt.js";
import { isPassing, type RequestOptions, Requests, sleep } from "./requests.js";
import { readServerEvents } from "./server-events.js";
import { SubmittedWork } from "./submitted-work.js";
import type { AdmissionView, ChallengeView, PersonView, PresentationView, ProfileView } from "./people-views.js";
import type { QuoteQuery, QuoteView, ReliabilityView } from "./quote-views.js";
import type { BatchView, InboxItem, JobView, PartyView, SeatView } from "./task-views.js";
import type {
  Accepted, AccountView, ConsistencyView, ContentView, FeedItem, HistoryItem, Page, PollView, Refused, SpaceView, VoteView,
} from "./views.js";

export interface PageQuery {
  readonly cursor?: string | null;
  readonly limit?: number;
}

export interface PollQuery extends PageQuery {
  readonly state?: string;
  readonly category?: string;
  readonly requester?: string;
  readonly batch?: Hex;
  /** Newest first unless told otherwise. */
  readonly order?: "oldest";
}

export interface JobQuery extends PageQuery {
  /** open, ended. */
  readonly state?: string;
  /** Who posted it or has a part in it. */
  readonly account?: Hex;
}

const linesPerBatch = 500;
const batchRetries = 6;

/**
 * A node. `space` is everywhere a space's id or name. Requests are sent again while the node is busy (429, 503) or the
 * connection breaks; every other refusal is a {@link Problem}.
 */
export class ChainSpaceClient {
  readonly #requests: Requests;

  /** @param url of the node, e.g. `http://localhost:8080` */
  constructor(url: string, options: RequestOptions = {}) {
    this.#requests = new Requests(url.replace(/\/+$/, ""), options);
  }

  get url(): string {
    return this.#requests.url;
  }

  spaces(): Promise<Page<SpaceView>> {
    return this.#requests.json({ path: "/v1/spaces" });
  }

  space(space: string): Promise<SpaceView> {
    return this.#requests.json({ path: at(space) });
  }

  polls(space: string, query: PollQuery = {}): Promise<Page<PollView>> {
    return this.#requests.json({ path: at(space, "polls") + search(query) });
  }

  poll(space: string, poll: Hex): Promise<PollView> {
    return this.#requests.json({ path: at(space, "polls", poll) });
  }

  votes(space: string, poll: Hex, query: PageQuery = {}): Promise<Page<VoteView>> {
    return this.#requests.json({ path: at(space, "polls", poll, "votes") + search(query) });
  }

  /** Who was drawn for a poll, and what has become of the seats. */
  seats(space: string, poll: Hex, query: PageQuery = {}): Promise<Page<SeatView>> {
    return this.#requests.json({ path: at(space, "polls", poll, "seats") + search(query) });
  }

  batches(space: string, query: PageQuery = {}): Promise<Page<BatchView>> {
    return this.#requests.json({ path: at(space, "batches") + search(query) });
  }

  batch(space: string, batch: Hex): Promise<BatchView> {
    return this.#requests.json({ path: at(space, "batches", batch) });
  }

  /** Who was drawn to answer all items of a batch. */
  panel(space: string, batch: Hex, query: PageQuery = {}): Promise<Page<SeatView>> {
    return this.#requests.json({ path: at(space, "batches", batch, "seats") + search(query) });
  }

  /** Newest first. */
  jobs(space: string, query: JobQuery = {}): Promise<Page<JobView>> {
    return this.#requests.json({ path: at(space, "jobs") + search(query) });
  }

  job(space: string, job: Hex): Promise<JobView> {
    return this.#requests.json({ path: at(space, "jobs", job) });
  }

  /** Work as it was handed in, by its hash in a job. @throws TypeError where the node answers with other work. */
  async work(space: string, hash: Hex): Promise<SubmittedWork> {
    return SubmittedWork.read(await this.#requests.bytes({ path: at(space, "submissions", hash) }), hash);
  }

  /** What a confidence would take, before anything is posted. */
  quote(space: string, query: QuoteQuery): Promise<QuoteView> {
    return this.#requests.json({ path: at(space, "quote") + search(query) });
  }

  reliability(space: string, query: { readonly category?: string } = {}): Promise<Page<ReliabilityView>> {
    return this.#requests.json({ path: at(space, "reliability") + search(query) });
  }

  /** Accounts that meet a filter (spec/filters.md) by what is public. */
  people(space: string, filter: object, query: { readonly limit?: number } = {}): Promise<Page<PersonView>> {
    return this.#requests.json({ path: at(space, "people") + search({ filter: JSON.stringify(filter), ...query }) });
  }

  profile(space: string, account: Hex): Promise<ProfileView> {
    return this.#requests.json({ path: at(space, "accounts", account, "profile") });
  }

  party(space: string, account: Hex): Promise<PartyView> {
    return this.#requests.json({ path: at(space, "accounts", account, "party") });
  }

  /** What an account can do now, the most urgent first, and what it was paid lately. */
  inbox(space: string, account: Hex): Promise<Page<InboxItem>> {
    return this.#requests.json({ path: at(space, "accounts", account, "inbox") });
  }

  /** A nonce for the next presentation of credentials (spec/credentials.md). */
  challenge(space: string): Promise<ChallengeView> {
    return this.#requests.json({ path: at(space, "challenge") });
  }

  /** Shows a presentation to the node, in place of what the same issuer stated before; nothing of it enters the journal. */
  showAttributes(space: string, account: Hex, presentation: string, isPublished = false): Promise<PresentationView> {
    const body = JSON.stringify({ presentation, isPublished });
    return this.#requests.json({ path: at(space, "accounts", account, "attributes"), body, type: "application/json" });
  }

  /** All that the node keeps of what the account has shown. The proof is of `GET` and `attributesPath`. */
  attributes(space: string, account: Hex, proof: string): Promise<Page<PresentationView>> {
    return this.#requests.json({ path: this.attributesPath(space, account), headers: bearer(proof) });
  }

  /** Has the node forget all of it. The proof is of `DELETE` and `attributesPath`. */
  async forgetAttributes(space: string, account: Hex, proof: string): Promise<void> {
    await this.#requests.text({ path: this.attributesPath(space, account), method: "DELETE", headers: bearer(proof) });
  }

  /** Asks to be admitted to a poll with a filter. The proof is of `POST` and `admissionsPath`. */
  apply(space: string, poll: Hex, account: Hex, proof: string): Promise<AdmissionView> {
    const body = JSON.stringify({ account });
    return this.#requests.json({
      path: this.admissionsPath(space, poll), body, type: "application/json", headers: bearer(proof),
    });
  }

  attributesPath(space: string, account: Hex): string {
    return at(space, "accounts", account, "attributes");
  }

  admissionsPath(space: string, poll: Hex): string {
    return at(space, "polls", poll, "admissions");
  }

  account(space: string, account: Hex): Promise<AccountView> {
    return this.#requests.json({ path: at(space, "accounts", account) });
  }

  history(space: string, account: Hex, query: PageQuery = {}): Promise<Page<HistoryItem>> {
    return this.#requests.json({ path: at(space, "accounts", account, "history") + search(query) });
  }

  content(space: string, hash: Hex): Promise<ContentView> {
    return this.#requests.json({ path: at(space, "content", hash) });
  }

  /** The newest checkpoint, a signed note. */
  checkpoint(space: string): Promise<string> {
    return this.#requests.text({ path: at(space, "checkpoint") });
  }

  consistency(space: string, from: bigint | number | string, to: bigint | number | string): Promise<ConsistencyView> {
    return this.#requests.json({ path: at(space, "consistency") + search({ from: String(from), to: String(to) }) });
  }

  /** Waits until a checkpoint covers the entry; gives up with the node's own problem after `patience` seconds. */
  async receipt(space: string, index: string | number | bigint, options: { patience?: number; signal?: AbortSignal } = {}):
    Promise<Receipt> {
    const { patience = 60, signal } = options;
    const end = Date.now() + patience * 1000;
    for (;;) {
      try {
        return await this.#requests.json({ path: at(space, "receipts", String(index)), signal });
      } catch (error) {
        const isEarly = error instanceof Problem && error.code === "not_checkpointed";
        if (!isEarly || Date.now() >= end) throw error;
        await sleep(Math.min(error.retryAfter ?? 1, patience) * 1000, signal);
      }
    }
  }

  /** Sends one message; sending the same again gives the same answer. */
  send(space: string, envelope: Envelope): Promise<Accepted> {
    return this.#requests.json({ path: at(space, "messages"), body: writeEnvelope(envelope), type: "application/json" });
  }

  /** Sends many messages in their order; results have the same order. Those the node had no time for go out again. */
  async sendMany(space: string, envelopes: Iterable<Envelope>): Promise<(Accepted | Refused)[]> {
    const waiting = [...envelopes].map((envelope, place) => ({ line: writeEnvelope(envelope), place }));
    const results: (Accepted | Refused)[] = [];
    for (let at = 0; at < waiting.length; at += linesPerBatch) {
      let batch = waiting.slice(at, at + linesPerBatch);
      for (let attempt = 0; batch.length > 0; attempt++) {
        const answers = await this.sendLines(space, batch.map(({ line }) => line));
        batch.forEach(({ place }, i) => (results[place] = answers[i]!));
        batch = attempt < batchRetries ? batch.filter((_, i) => isBusy(answers[i]!)) : [];
        if (batch.length > 0) await this.#requests.pause(attempt, undefined);
      }
    }

    return results;
  }

  /**
   * Entries as the journal takes them, for ever: where the connection ends it is opened again after the last entry seen.
   * @param options.after index of an entry already seen; left out, the feed starts with what comes next.
   */
  async *feed(space: string, options: { after?: string; signal?: AbortSignal } = {}): AsyncGenerator<FeedItem> {
    const { signal } = options;
    let last = options.after;
    for (let attempt = 0; !signal?.aborted; attempt++) {
      let pause: number | undefined;
      try {
        const headers = { Accept: "text/event-stream", ...(last !== undefined && { "Last-Event-ID": last }) };
        const response = await this.#requests.open({ path: at(space, "feed"), headers, signal });
        for await (const event of readServerEvents(response.body!)) {
          attempt = 0;
          last = event.id ?? last;
          yield JSON.parse(event.data) as FeedItem;
        }
      } catch (error) {
        if (signal?.aborted) return;
        if (!isPassing(error)) throw error;
        pause = error instanceof Problem ? error.retryAfter : undefined;
      }

      await this.#requests.pause(attempt, pause, signal).catch(() => undefined);
    }
  }

  private async sendLines(space: string, lines: readonly string[]): Promise<(Accepted | Refused)[]> {
    const path = at(space, "messages");
    const text = await this.#requests.text({ path, body: `${lines.join("\n")}\n`, type: "application/x-ndjson" });
    const answers = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Accepted | Refused);
    if (answers.length !== lines.length) throw new TypeError(`${answers.length} answers to ${lines.length} messages.`);
    return answers;
  }
}

/** True for a message of a batch that the journal holds. */
export function isAccepted(result: Accepted | Refused): result is Accepted {
  return "index" in result;
}

function isBusy(result: Accepted | Refused): boolean {
  return !isAccepted(result) && (result.status === 429 || result.status === 503);
}

function bearer(proof: string): Record<string, string> {
  return { Authorization: `Bearer ${proof}` };
}

function at(...parts: string[]): string {
  return `/v1/spaces/${parts.map(encodeURIComponent).join("/")}`;
}

function search(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}
