import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { X12Parser, X12Interchange } from 'node-x12';
import { element } from './segments/segment.js';
import { fixture, plain, readAll, setsIn } from './testing/fixtures.js';
import { InterchangeReader } from './read/interchange-reader.js';

describe('a second opinion', () => {
  it.each(['850.two-lines', '855.clean', '856.clean', '810.clean'])('node-x12 reads %s as we do', (name) => {
    const bytes = fixture(`good/${name}.edi`);
    const theirs = new X12Parser(true).parse(bytes.toString()) as X12Interchange;
    const their = theirs.functionalGroups.flatMap((group) => group.transactions).flatMap((set) => set.segments);
    const our = setsIn(readAll(bytes)).flatMap((set) => set.segments.slice(1, -1));
    expect(our.map((segment) => [segment.id, ...valuesOf(segment)])).toEqual(
      their.map((segment) => [segment.tag, ...segment.elements.map(({ value }) => value ?? '')]),
    );
  });

  function valuesOf(segment: Parameters<typeof element>[0]): string[] {
    return Array.from({ length: segment?.elementCount ?? 0 }, (_, n) => element(segment, n + 1) ?? '');
  }
});

/** Sample files from elsewhere, never part of the project; the folder's name comes from the environment. */
const SAMPLES = process.env.RAILHEAD_X12_SAMPLES ?? '';
/** Files that hold no interchange, and why. */
const NO_INTERCHANGE = /INDEX\.tsv$|\.md$|02_truncated|16_lower_case|24_binary/;

function samples(folder: string): string[] {
  if (folder === '' || !existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !NO_INTERCHANGE.test(path));
}

describe('sample files from elsewhere', () => {
  it('are all found to hold interchanges with sets, and are read the same in chunks (nothing to read when RAILHEAD_X12_SAMPLES is not set)', () => {
    const unread: string[] = [];
    for (const path of samples(SAMPLES)) {
      const bytes = readFileSync(path);
      const units = readAll(bytes);
      const reader = new InterchangeReader();
      const chunked = Array.from({ length: Math.ceil(bytes.length / 61) }, (_, n) =>
        bytes.subarray(n * 61, n * 61 + 61),
      );
      const again = [...chunked.flatMap((chunk) => [...reader.push(chunk)]), ...reader.end()];
      expect(plain(again)).toEqual(plain(units));
      const isRead = units.some(({ kind }) => kind === 'set' || kind === 'ta1' || kind === 'group-end');
      if (!isRead || units.some(({ kind }) => kind === 'skipped')) unread.push(path);
    }
    expect(unread).toEqual([]);
  });
});
