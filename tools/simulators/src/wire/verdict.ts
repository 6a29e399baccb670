/** What a sender makes of an answer. */
export type Verdict = 'accepted' | 'refused' | 'again';

/** Statuses that ask to come again although they begin with 4. */
const COME_AGAIN = new Set([408, 425, 429]);
const PAUSE_MS_FIRST = 100;
const PAUSE_MS_MAX = 2_000;
const ASKED_MS_MAX = 10_000;

/** As every honest sender reads a status: 2xx is taken, 4xx is refused, anything else is unknown and sent again. */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'accepted';
  return status >= 400 && status < 500 && !COME_AGAIN.has(status) ? 'refused' : 'again';
}

/**
 * How long to wait before the next try.
 *
 * @param tries - so far
 * @param retryAfter - the header, in seconds
 */
export function pauseBefore(tries: number, retryAfter: string | null): number {
  const growing = Math.min(PAUSE_MS_FIRST * 2 ** (tries - 1), PAUSE_MS_MAX);
  const asked = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0;
  return Math.max(growing, Math.min(asked, ASKED_MS_MAX));
}
