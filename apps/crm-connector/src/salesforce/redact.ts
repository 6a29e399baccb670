/** A tag has an end: thousands that have none must not each be followed to the end of the text. */
const SESSION_ID = /(<((?:[\w.-]+:)?SessionId)(?:\s[^>]{0,500})?(?<!\/)>)([\s\S]*?)(<\/\2\s*>|$)/g;
const REDACTED = '[redacted]';

/**
 * A message without its session id, which is a live login of the sender: it is never stored.
 *
 * @param sessionId - As it was parsed, if the message could be parsed; whatever of it is left in the text is removed too.
 */
export function withoutSessionId(text: string, sessionId?: string): string {
  const redacted = text.replace(
    SESSION_ID,
    (_whole, open: string, _name, value: string, close: string) => open + (value === '' ? '' : REDACTED) + close,
  );
  return sessionId === undefined || sessionId === '' ? redacted : redacted.replaceAll(sessionId, REDACTED);
}
