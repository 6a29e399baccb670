import type { Delimiters } from '../segments/delimiters.js';
import { X12WriteError } from './write-error.js';

/** How to write. */
export interface WriteOptions {
  /** Default `*`, `~`, `>`, and `^` for repetitions from version 00402 on. */
  readonly delimiters?: Delimiters;
  /** Written after every segment terminator, e.g. `\n`. Default nothing. */
  readonly suffix?: '' | '\n' | '\r\n';
  /**
   * What to do with a character that may not be written. Default `refuse`, which throws; `substitute` puts
   * `replacement` in its place (default a space).
   */
  readonly forbidden?: 'refuse' | 'substitute';
  readonly replacement?: string;
  /** Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1' | 'ascii';
}

export interface WriteSettings {
  readonly delimiters: Delimiters;
  readonly suffix: string;
  readonly substitute: string | undefined;
  readonly encoding: 'utf8' | 'latin1' | 'ascii';
}

export const DEFAULT_DELIMITERS: Delimiters = { element: '*', segment: '~', component: '>' };

export function writeSettingsOf(options: WriteOptions): WriteSettings {
  const delimiters = options.delimiters ?? DEFAULT_DELIMITERS;
  const all = [delimiters.element, delimiters.segment, delimiters.component, delimiters.repetition];
  const given = all.filter((character) => character !== undefined);
  const isBad = given.some((character) => character.length !== 1 || /[A-Za-z0-9 ]/.test(character));
  if (isBad || new Set(given).size !== given.length || delimiters.component === undefined) {
    throw new X12WriteError(
      'BAD_DELIMITERS',
      'ISA',
      'delimiters must be different single characters, no letters or digits',
    );
  }
  const replacement = options.replacement ?? ' ';
  if (given.includes(replacement)) throw new X12WriteError('BAD_DELIMITERS', 'ISA', 'the replacement is a delimiter');
  return {
    delimiters,
    suffix: options.suffix ?? '',
    substitute: options.forbidden === 'substitute' ? replacement : undefined,
    encoding: options.encoding ?? 'utf8',
  };
}
