import { Failure, tookTooLong } from './failure.js';

export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly delayMsFirst: number;
  readonly delayMsMax: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attemptsMax: 8, delayMsFirst: 500, delayMsMax: 300_000 };

/** So many times as patient we are with what took too long: the database may be slow for all, and for an hour. */
const PATIENCE = 3;

export type Step = { readonly do: 'retry'; readonly afterMs: number } | { readonly do: 'die'; readonly reason: string };

/**
 * What to do with a message after its handler threw. Unknown errors are retried like passing ones, but nothing is retried
 * for ever: a message ends up handled or dead, never lost.
 *
 * @param attempt - 1 for the first try.
 * @param random - 0 to 1, spreads the retries of messages that failed together.
 */
export function nextStep(error: unknown, attempt: number, policy: RetryPolicy, random: number): Step {
  const isSlow = tookTooLong(error);
  const reason = error instanceof Failure ? error.code : isSlow ? 'TOOK_TOO_LONG' : 'UNEXPECTED';
  if (error instanceof Failure && !error.retryable) return { do: 'die', reason };
  if (attempt >= policy.attemptsMax * (isSlow ? PATIENCE : 1)) return { do: 'die', reason };
  const backoffMs = Math.min(policy.delayMsFirst * 2 ** (attempt - 1), policy.delayMsMax) * (0.5 + random / 2);
  const askedMs = error instanceof Failure ? (error.retryAfterMs ?? 0) : 0;
  return { do: 'retry', afterMs: Math.round(Math.max(backoffMs, askedMs)) };
}
