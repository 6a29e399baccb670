import { z } from 'zod';

/** What came back from the ERP, or did not. */
export type ErpAnswer =
  | { readonly status: number; readonly body: unknown; readonly retryAfterMs?: number | undefined }
  /** No answer. `reached`: false when we know that the request did not get there. */
  | { readonly status: undefined; readonly reached: boolean; readonly why: string };

/** What an answer means for the write it answers. Only `taken` and `refused` are certain. */
export type WriteVerdict =
  | { readonly kind: 'taken'; readonly number: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string; readonly retryAfterMs?: number | undefined }
  | Waiting;

/** What an answer means for a look-up. `absent` lets the write be sent again, so nothing else may be taken for it. */
export type LookUpVerdict =
  /** `revision`: the last change that it holds; 0: none. */
  | { readonly kind: 'found'; readonly number: string; readonly times: number; readonly revision: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string; readonly retryAfterMs?: number | undefined }
  | Waiting;

interface Waiting {
  readonly kind: 'away' | 'slow-down';
  readonly why: string;
  readonly retryAfterMs?: number | undefined;
}

const TakenOrder = z.object({ number: z.string().min(1).max(200), externalReference: z.string().optional() });
const FoundOrder = TakenOrder.extend({ revision: z.coerce.number().int().min(0).default(0) });
const FoundOrders = z.object({ salesOrders: z.array(FoundOrder) });
const Refusal = z.object({ message: z.string() });

/** 503, and what stands in front of an ERP that is down. */
const AWAY = new Set([502, 503, 504]);
/** The door is closed to us, not to this order: when a person has mended token or address, the order goes through. */
const SHUT = new Set([401, 403]);
/** The ERP works on the same document, gave up waiting for us, or may have it already. */
const UNDECIDED = new Set([408, 409, 425]);

/** Judges the answer to a write of the order that carries `externalReference`. */
export function judgeWrite(answer: ErpAnswer, externalReference: string): WriteVerdict {
  if (answer.status === undefined) return { kind: answer.reached ? 'unknown' : 'away', why: answer.why };
  const waiting = waitingOf(answer.status, answer.retryAfterMs);
  // A proxy that lost its ERP in the middle says 502 or 504: the order may have been taken.
  if (waiting !== undefined && answer.status !== 502 && answer.status !== 504) return waiting;
  if (answer.status >= 200 && answer.status < 300) {
    const taken = TakenOrder.safeParse(answer.body);
    if (!taken.success) return { kind: 'unknown', why: `${answer.status} without a number` };
    // Under the number of another order we would change that one later.
    const named = taken.data.externalReference ?? '';
    if (named !== '' && named !== externalReference)
      return { kind: 'unknown', why: `${answer.status} about another order` };
    return { kind: 'taken', number: taken.data.number };
  }
  const why = `${answer.status} ${messageIn(answer.body)}`.trim();
  if (answer.status >= 500 || UNDECIDED.has(answer.status))
    return { kind: 'unknown', why, retryAfterMs: answer.retryAfterMs };
  return { kind: 'refused', why };
}

/** Judges the answer to the question which sales orders carry `externalReference`. */
export function judgeLookUp(answer: ErpAnswer, externalReference: string): LookUpVerdict {
  if (answer.status === undefined) return { kind: 'away', why: answer.why };
  const waiting = waitingOf(answer.status, answer.retryAfterMs);
  if (waiting !== undefined) return waiting;
  // A 404 says that nothing is looked up at this address; it does not say that there is no such order.
  if (answer.status === 404) return { kind: 'away', why: '404: there is no look-up at this address' };
  const found = answer.status === 200 ? FoundOrders.safeParse(answer.body) : undefined;
  if (found?.success !== true)
    return { kind: 'unknown', why: `look-up: ${answer.status} ${messageIn(answer.body)}`.trim() };
  const { salesOrders } = found.data;
  const [ours, ...more] = salesOrders.filter((one) => one.externalReference === externalReference);
  if (ours !== undefined)
    return { kind: 'found', number: ours.number, times: 1 + more.length, revision: ours.revision };
  if (salesOrders.length === 0) return { kind: 'absent' };
  return { kind: 'unknown', why: 'the look-up answers with other orders: it seems to ignore the external reference' };
}

function waitingOf(status: number, retryAfterMs: number | undefined): Waiting | undefined {
  if (status === 429) return { kind: 'slow-down', why: 'the ERP asks us to slow down', retryAfterMs };
  if (AWAY.has(status)) return { kind: 'away', why: `${status}: the ERP is away`, retryAfterMs };
  if (SHUT.has(status)) return { kind: 'away', why: `${status}: the ERP does not let us in`, retryAfterMs };
  if (status >= 300 && status < 400)
    return { kind: 'away', why: `${status}: the ERP sends us elsewhere`, retryAfterMs };
  return undefined;
}

function messageIn(body: unknown): string {
  const refusal = Refusal.safeParse(body);
  if (refusal.success) return refusal.data.message.slice(0, 400);
  return typeof body === 'string' ? body.slice(0, 400) : '';
}

/** Reads `Retry-After`: seconds, or a date. @returns Milliseconds from now, never below zero; undefined when it says neither. */
export function retryAfterMsOf(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
