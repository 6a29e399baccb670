import { hash } from 'node:crypto';
import { Failure } from '../runtime/failure.js';

const UNIQUE_VIOLATION = '23505';

/**
 * What a stream is called in tables: half of the SHA-256 of its names, as a UUID. Rows about streams are written for
 * every event; with the names in full they would be three times as large.
 */
export function streamId(...names: readonly string[]): string {
  const hex = hash('sha256', names.join('\n'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Somebody else has begun the same stream in this moment: the message is good, and fits when it comes again. */
export async function orTooEarly<T>(rows: Promise<T>): Promise<T> {
  try {
    return await rows;
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    throw Failure.transient('SYSTEM_UNAVAILABLE', 'another process began the same stream', { cause: error });
  }
}
