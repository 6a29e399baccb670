import { describe, expect, it } from '@jest/globals';
import { an850, answerTo, readAll, setsIn } from '../testing/fixtures.js';
import { readInterchanges } from './read-interchanges.js';
import { InterchangeReader } from './interchange-reader.js';
import type { ReadUnit } from './units.js';

const LINES = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95**VP*LAMP-1', 'PID*F****Desk lamp', 'CTT*1')
  .toString()
  .split('~')
  .slice(0, -1);
const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];
/** Every line ends in `usual`, but those at some places in `other`. */
const file = (usual: string, other: string, ...places: number[]) =>
  Buffer.from(LINES.map((line, n) => line + (places.includes(n) ? other : usual)).join(''));
const notesOf = (bytes: Uint8Array) =>
  readAll(bytes).flatMap((unit) => (unit.kind === 'interchange-end' ? unit.issues.map(({ message }) => message) : []));
const EVERY = LINES.map((_, n) => n);
const BUT_THE_ISA = EVERY.slice(1);

describe('a file of lines that end in more than one way', () => {
  it.each([
    ['LF, one CRLF', file('\n', '\r\n', 4), ['1 line with another end than the ISA']],
    ['LF, CRLF behind the ISA', file('\n', '\r\n', ...BUT_THE_ISA), ['9 lines with another end than the ISA']],
    ['LF, one CR', file('\n', '\r', 4), ['1 line with another end than the ISA']],
    ['CR, one CRLF', file('\r', '\r\n', 4), []],
    ['CR, one LF', file('\r', '\n', 4), ['1 line with another end than the ISA']],
    ['CRLF, one LF', file('\r\n', '\n', 5), ['1 line with another end than the ISA']],
    ['CRLF, one CR', file('\r\n', '\r', 5), []],
    [
      'CRLF, LF behind the ISA',
      file('\r\n', '\n', ...BUT_THE_ISA.slice(0, -1)),
      ['8 lines with another end than the ISA'],
    ],
    ['LF, blank lines that end in CRLF', file('\n', '\n\r\n\r\n', 3, 4), []],
    ['LF alone', file('\n', '\n'), []],
    ['CRLF alone', file('\r\n', '\r\n'), []],
  ])('%s', (_, bytes, notes) => {
    expect(answerTo(bytes)).toEqual(GOOD);
    expect(notesOf(bytes)).toEqual(notes);
    for (const size of [1, 7]) expect(kinds(inPieces(bytes, size))).toEqual(kinds(readAll(bytes)));
  });

  it('ends the set of a segment that we do not know, too', () => {
    const text = file('\n', '\r\n', 4).toString().replace('PID*F****Desk lamp', 'ZZZ*1\r');
    const codes = setsIn(readAll(Buffer.from(text))).flatMap(({ issues }) => issues.map(({ code }) => code));
    expect(codes).toEqual(['segment-unknown']);
  });

  it('has a line break in a value all the same, where no segment begins behind it', () => {
    const broken = (usual: string, inside: string) =>
      Buffer.from(file(usual, usual).toString().replace('Desk lamp', `Desk${inside}lamp`));
    expect(answerTo(broken('\n', '\r'))).toContain('AK4*5*352*6*');
    expect(answerTo(broken('\r', '\n'))).toContain('AK4*5*352*6*');
  });

  it('does not lose the next interchange', () => {
    const next = file('\r\n', '\r\n').toString().replaceAll('000000001', '000000002');
    const both = Buffer.concat([file('\n', '\r\n', LINES.length - 1), Buffer.from(next)]);
    expect(answerTo(both)).toEqual([...GOOD, ...GOOD]);
    expect(readAll(both).map(({ kind }) => kind)).not.toContain('skipped');
  });

  it.each([
    ['~\n', '\n'],
    ['~\n', '\r \n'],
    ['\r', '\n'],
  ])('with a value of very many line breaks is read in time: %j, %j', (usual, inside) => {
    const text = file(usual, usual)
      .toString()
      .replace('Desk lamp', `Desk${inside.repeat(100_000)}lamp`);
    const before = process.threadCpuUsage().user;
    expect([...readInterchanges(Buffer.from(text))].length).toBeGreaterThan(3);
    expect((process.threadCpuUsage().user - before) / 1000).toBeLessThan(1000);
  });
});

function inPieces(bytes: Buffer, size: number): ReadUnit[] {
  const reader = new InterchangeReader();
  const units: ReadUnit[] = [];
  for (let at = 0; at < bytes.length; at += size) units.push(...reader.push(bytes.subarray(at, at + size)));
  return [...units, ...reader.end()];
}

function kinds(units: readonly ReadUnit[]): unknown[] {
  return units.map((unit) => [unit.kind, 'range' in unit ? unit.range : '', 'issues' in unit ? unit.issues : '']);
}
