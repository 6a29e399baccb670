import { setTimeout as pause } from 'node:timers/promises';
import type { Sending } from '../books.js';
import { Lanes } from './lanes.js';
import { pauseBefore, verdictOf, type Verdict } from './verdict.js';

/** What is posted, and how its sender reads the answer. */
export interface Message {
  /** Asked anew for every try: another instance may answer. */
  readonly url: () => string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the body takes to come in; default 0. */
  readonly slowMs?: number;
  /** Default: by status alone. */
  readonly read?: (status: number, text: string) => Verdict;
  /** Some senders send again even what was refused with 4xx, so often in all. Default 1. */
  readonly refusedTries?: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

const LANES = 8;
const TEXT_MAX = 500;
const PIECES = 5;
const REFUSED_PAUSE_MS = 50;

/** A party that sends again until it is answered. What was lost on the way must not matter. */
export class Sender {
  private readonly lanes = new Lanes(LANES);
  private readonly stopped = new AbortController();

  /** @param timeoutMs - after which an answer counts as lost; @param present - resolves when the party is not away */
  constructor(
    private readonly timeoutMs: number,
    private readonly present: () => Promise<void> = async () => {},
  ) {}

  /** Messages that are not answered yet. */
  get busy(): number {
    return this.lanes.busy;
  }

  /** Sends until answered, and writes every try and the answer into the entry. Ends early when the sender is stopped. */
  async send(message: Message, entry: Sending): Promise<void> {
    await this.lanes.run(async () => {
      let refusals = 0;
      for (let tries = 1; !this.stopped.signal.aborted; tries++) {
        await this.present();
        const reply = await this.post(message);
        const at = Date.now();
        const verdict = reply === undefined ? 'again' : (message.read ?? verdictOf)(reply.status, reply.text);
        entry.attempts.push({
          at,
          outcome: reply?.status ?? 'unknown',
          ...(reply !== undefined && reply.retryAfter !== null && { saidWhen: true }),
        });
        if (reply !== undefined && verdict === 'accepted') {
          entry.accepted = { at, status: reply.status };
          return;
        }
        if (reply !== undefined && verdict === 'refused') {
          refusals += 1;
          if (reply.status < 300 || refusals >= (message.refusedTries ?? 1)) {
            entry.refused = { at, status: reply.status, text: reply.text.slice(0, TEXT_MAX) };
            return;
          }
        }
        await this.rest(verdict === 'refused' ? REFUSED_PAUSE_MS : pauseBefore(tries, reply?.retryAfter ?? null));
      }
    });
  }

  /** Waits, unless stopped. */
  async rest(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.stopped.signal }).catch(() => {});
  }

  /** Nothing is sent any more; what waits is given up. */
  stop(): void {
    this.stopped.abort();
  }

  /** @returns undefined when nobody knows what became of it. */
  private async post({ url, body, headers, slowMs = 0 }: Message): Promise<Reply | undefined> {
    try {
      const answer = await fetch(url(), {
        method: 'POST',
        headers,
        signal: AbortSignal.any([AbortSignal.timeout(this.timeoutMs + slowMs), this.stopped.signal]),
        ...(slowMs === 0 ? { body } : { body: trickle(body, slowMs), duplex: 'half' }),
      });
      return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
    } catch {
      return undefined;
    }
  }
}

/** A body that comes in pieces, as over a bad line. */
function trickle(body: string, ms: number): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  let from = 0;
  return new ReadableStream({
    async pull(stream) {
      if (from > 0) await pause(ms / PIECES);
      stream.enqueue(new Uint8Array(bytes.subarray(from, from + size)));
      from += size;
      if (from >= bytes.length) stream.close();
    },
  });
}
