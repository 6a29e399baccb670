import { STANDARD_SCHEMAS } from '../schema/standard-schemas.js';
import type { SchemaBook } from '../schema/schema-book.js';
import type { InterchangeHeader } from './units.js';

/** What sets are checked against: the same for every interchange, or chosen by its ISA, e.g. by its sender. */
export type SchemaChoice = SchemaBook | ((interchange: InterchangeHeader) => SchemaBook | undefined);

/** How to read. Everything has a default that suits files from strangers. */
export interface ReaderOptions {
  /** What sets are checked against; `undefined` reads structure only. Default: {@link STANDARD_SCHEMAS}. */
  readonly schemas?: SchemaChoice | undefined;
  /** Issues kept for each set, group and interchange; further ones are counted. Default 100. */
  readonly issuesMax?: number;
  /** A larger set is refused and not kept in memory. Default 64 MiB. */
  readonly setBytesMax?: number;
  /**
   * Interchange keys (sender, receiver, ISA13) remembered to report repeats within one input. Default 10,000; repeats
   * across inputs are for the caller to know.
   */
  readonly interchangesRemembered?: number;
}

export interface ReaderSettings {
  readonly schemas: SchemaChoice | undefined;
  readonly issuesMax: number;
  readonly setBytesMax: number;
  readonly interchangesRemembered: number;
}

export function settingsOf(options: ReaderOptions): ReaderSettings {
  return {
    schemas: 'schemas' in options ? options.schemas : STANDARD_SCHEMAS,
    issuesMax: options.issuesMax ?? 100,
    setBytesMax: options.setBytesMax ?? 64 * 1024 * 1024,
    interchangesRemembered: options.interchangesRemembered ?? 10_000,
  };
}
