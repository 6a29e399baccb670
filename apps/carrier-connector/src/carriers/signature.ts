import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Headers } from '../carrier.js';

/** HMAC-SHA256 of the raw bytes, as almost every carrier signs. */
export function hmac(key: string, body: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest();
}

/** Compares a signature from a header with ours. The time it takes says nothing about where they differ. */
export function sameSignature(given: string | undefined, encoding: 'hex' | 'base64', expected: Buffer): boolean {
  if (given === undefined) return false;
  const text = Buffer.from(given.trim());
  const wanted = Buffer.from(expected.toString(encoding));
  return text.length === wanted.length && timingSafeEqual(text, wanted);
}

/** A header that was sent exactly once. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
