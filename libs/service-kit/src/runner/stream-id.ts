import { hash } from 'node:crypto';

/**
 * What a stream is called in tables: half of the SHA-256 of its names, as a UUID. Rows about streams are written for
 * every event; with the names in full they would be three times as large.
 */
export function streamId(...names: readonly string[]): string {
  const hex = hash('sha256', names.join('\n'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
