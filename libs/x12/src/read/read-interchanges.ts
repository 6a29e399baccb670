import { InterchangeReader } from './interchange-reader.js';
import type { ReaderOptions } from './reader-options.js';
import type { ReadUnit } from './units.js';

/**
 * Reads a whole buffer, one unit at a time: `interchange`, then its `set`s, each `group-end`, and `interchange-end`;
 * `skipped` for bytes outside. Never throws on any bytes.
 */
export function* readInterchanges(bytes: Uint8Array, options?: ReaderOptions): Generator<ReadUnit, void, undefined> {
  const reader = new InterchangeReader(options);
  yield* reader.push(bytes);
  yield* reader.end();
}

/** The same from a stream, in chunks of any size. The stream is read no faster than the units are taken. */
export async function* readInterchangeStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options?: ReaderOptions,
): AsyncGenerator<ReadUnit, void, undefined> {
  const reader = new InterchangeReader(options);
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}
