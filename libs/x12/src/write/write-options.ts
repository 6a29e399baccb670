import type { Delimiters } from '../segments/delimiters.js';
import { X12WriteError } from './write-error.js';

/** How to write. */
export interface WriteOptions {
  /** Those the partner wants. Default `*`, `~`, `>`, and `^` for repetitions from version 00402 on. */
  readonly delimiters?: Delimiters;
  /** Written after every segment terminator, e.g. `\n`. Default nothing. */
  readonly suffix?: '' | '\n' | '\r\n';
  /**
   * What to do with a character that may not be written. Default `refuse`, which throws; `substitute` puts
   * `replacement` in its place (default a space).
   */
  readonly forbidden?: 'refuse' | 'substitute';
  /** One printable character that is no delimiter. Default a space. */
  readonly replacement?: string;
  /** Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1' | 'ascii';
}

/** Options with everything decided. */
export interface WriteSettings {
  readonly delimiters: Delimiters;
  readonly suffix: string;
  readonly substitute: string | undefined;
  readonly encoding: 'utf8' | 'latin1' | 'ascii';
}

/** What an interchange before version 00402 is cut with when nobody asks for anything else. */
export const DEFAULT_DELIMITERS: Delimiters = { element: '*', segment: '~', component: '>' };
const DEFAULT_REPETITION = '^';

/**
 * Settles the options for an interchange.
 *
 * @param version - ISA12: from 00402 on ISA11 names a repetition separator.
 * @throws X12WriteError when the delimiters are not different single bytes, or the replacement is one of them.
 */
export function writeSettingsOf(options: WriteOptions, version: string): WriteSettings {
  const encoding = options.encoding ?? 'utf8';
  const delimiters = withRepetition(options.delimiters ?? DEFAULT_DELIMITERS, version);
  checkDelimiters(delimiters, encoding);
  const replacement = options.replacement ?? ' ';
  if (!/^[\x20-\x7e]$/.test(replacement) || Object.values(delimiters).includes(replacement)) {
    throw new X12WriteError('BAD_DELIMITERS', 'ISA', 'the replacement must be one printable character, no delimiter');
  }
  const substitute = options.forbidden === 'substitute' ? replacement : undefined;
  return { delimiters, suffix: options.suffix ?? '', substitute, encoding };
}

function withRepetition(delimiters: Delimiters, version: string): Delimiters {
  const { element, segment, component, repetition } = delimiters;
  if (version < '00402') return { element, segment, component };
  return { element, segment, component, repetition: repetition ?? DEFAULT_REPETITION };
}

/** A delimiter of two bytes would push the terminator out of column 106. */
function checkDelimiters(delimiters: Delimiters, encoding: WriteSettings['encoding']): void {
  const given = Object.values(delimiters).filter((character) => character !== undefined);
  const mayBe = encoding === 'latin1' ? /^[^A-Za-z0-9 \0\u0100-\uffff]$/ : /^[^A-Za-z0-9 \0\x80-\uffff]$/;
  const isBad = given.some((character: string) => !mayBe.test(character));
  if (isBad || new Set(given).size !== given.length || delimiters.component === undefined) {
    const message = 'delimiters must be different single bytes, no letters, digits or spaces';
    throw new X12WriteError('BAD_DELIMITERS', 'ISA', message);
  }
}
