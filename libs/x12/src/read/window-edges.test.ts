import { describe, expect, it } from '@jest/globals';
import { an850, plain, readAll } from '../testing/fixtures.js';
import { elementRange, type Segment } from '../segments/segment.js';
import { InterchangeReader } from './interchange-reader.js';
import type { ReadUnit } from './units.js';

const GOOD = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95', 'PID*F****Desk lamp', 'CTT*1').toString('latin1');

function readInChunksOf(size: number, text: string): ReadUnit[] {
  const bytes = Buffer.from(text, 'latin1');
  const reader = new InterchangeReader();
  const units: ReadUnit[] = [];
  for (let at = 0; at < bytes.length; at += size) units.push(...reader.push(bytes.subarray(at, at + size)));
  return [...units, ...reader.end()];
}

const endsOf = (units: readonly ReadUnit[]) =>
  units.flatMap((unit) => (unit.kind === 'interchange-end' ? [unit.range] : []));

describe('the bytes that are kept', () => {
  it.each(['', '.'])('are not confused with bytes of before, behind their end (%j)', (shift) => {
    // A large set has made room; what follows is written over its beginning, and behind it old bytes stand.
    const large = an850(
      'BEG*00*SA*PO-7**20261102',
      ...Array.from({ length: 100 }, () => `PID*F****${'SA'.repeat(30)}`),
    );
    const before = `${large.toString('latin1')}${shift}${'SA'.repeat(20_000)}`;
    const cut = `${GOOD.slice(0, 104)}I`;
    const [, end] = endsOf(readInChunksOf(997, before + cut));
    expect(end).toEqual({ from: before.length, to: before.length + cut.length });
  });

  it.each([1, 106, 255, 256, 257, 600])('are enough to see lines of 256 characters, in chunks of %i', (size) => {
    const texts = Array.from({ length: 20 }, (_, n) => `PID*F****Desk lamp, number ${n}`);
    const lines = an850('BEG*00*SA*PO-7**20261102', 'PO1*1*2*EA*9.95', ...texts, 'CTT*1')
      .toString('latin1')
      .replace(/.{256}/g, '$&\r\n');
    for (const text of [lines, lines.slice(0, 400), lines.slice(0, 516), GOOD.replace('lamp', 'la\nmp')])
      expect(plain(readInChunksOf(size, text))).toEqual(plain(readAll(Buffer.from(text, 'latin1'))));
    expect(readInChunksOf(size, lines).filter(({ kind }) => kind === 'set')).toHaveLength(1);
  });

  it('have a place for an empty element that stands at the end of a line', () => {
    const text = `${GOOD.slice(0, 80)}\r\n${GOOD.slice(80)}`.replace('PID*', 'REF*\r\n*1~PID*');
    const [set] = readAll(Buffer.from(text, 'latin1')).filter((unit) => unit.kind === 'set');
    const reference = set?.segments.find(({ id }) => id === 'REF');
    const at = text.indexOf('\r\n*1') + 2;
    expect(elementRange(reference as Segment, 1)).toEqual({ from: at, to: at });
    expect(elementRange(reference as Segment, 2)).toEqual({ from: at + 1, to: at + 2 });
  });

  it.each(['\r\n', '\n', '\n\n\n'])('know where a wrapped interchange ended, with %j behind it', (lineBreak) => {
    const wrapped = GOOD.replace(/IEA.*/, '').replace(/.{80}/g, '$&\r\n');
    const text = `${wrapped}${lineBreak}${GOOD}`;
    const whole = readAll(Buffer.from(text, 'latin1'));
    expect(endsOf(whole)[0]?.to).toBe(wrapped.length);
    expect(plain(readInChunksOf(1, text))).toEqual(plain(whole));
  });

  it.each(['', '\n', ' '])(
    'end before the next ISA where a terminator was lost, wherever a chunk ends (%j)',
    (between) => {
      const lines = Array.from({ length: 20 }, (_, n) => `PO1*${n + 1}*2*EA*9.95`);
      const cutOff = an850('BEG*00*SA*PO-6**20261102', ...lines)
        .subarray(0, -1)
        .toString('latin1');
      const text = `${cutOff}${between}${GOOD}`;
      const whole = plain(readAll(Buffer.from(text, 'latin1')));
      const at = text.lastIndexOf('ISA*');
      for (const size of [1, 2, 3, 7, at, at + 1, at + 2, at + 3])
        expect(plain(readInChunksOf(size, text))).toEqual(whole);
    },
  );

  const head = GOOD.slice(0, GOOD.indexOf('BEG*'));
  const many = (count: number, one: (n: number) => string) => Array.from({ length: count }, (_, n) => one(n)).join('');
  it.each([
    ['of many sets', many(20_000, (n) => `BEG*00*SA*${n}**20261102~PO1*1*1*EA~SE*4*${n}~ST*850*${n + 1}~`)],
    ['of one set with a fault in every line', `BEG*00*SA*1**20261102~${many(100_000, () => 'PO1*1*x*EA~')}SE*3*1~`],
  ])('take a wrapped file %s as fast as a short one', (_, sets) => {
    const bytes = Buffer.from(`${head}${sets}`.replace(/.{80}/g, '$&\r\n'), 'latin1');
    const before = process.threadCpuUsage();
    expect(readAll(bytes).filter(({ kind }) => kind === 'set').length).toBeGreaterThan(0);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000 / (bytes.length / 1024)).toBeLessThan(1);
  });

  it('are looked through once, however large the set is and however small the chunks', () => {
    const bytes = `${head}${'PO1*1*1*EA~'.repeat(700_000)}SE*1*1~GE*1*1~IEA*1*000000001~`;
    const before = process.threadCpuUsage();
    expect(readInChunksOf(100, bytes).filter(({ kind }) => kind === 'set')).toHaveLength(1);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000 / (bytes.length / 1024)).toBeLessThan(0.15);
  });
});
