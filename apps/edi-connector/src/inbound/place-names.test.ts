import { expect, it } from '@jest/globals';
import type { Segment } from '@railhead/x12';
import { PlaceNames } from './place-names.js';

const segments = (...ids: readonly string[]): Segment[] => ids.map((id, n) => ({ id, ordinal: n + 1 }) as Segment);

it('numbers a segment only where there are several of its kind, and elements with two digits', () => {
  const all = segments('BEG', 'PO1', 'PID', 'PO1');
  const names = new PlaceNames(all);
  expect(all.map((segment) => names.of(segment, 0))).toEqual(['BEG', 'PO1[1]', 'PID', 'PO1[2]']);
  expect([names.of(all[0]!, 3), names.of(all[3]!, 9), names.of(all[3]!, 10)]).toEqual([
    'BEG03',
    'PO1[2]/PO109',
    'PO1[2]/PO110',
  ]);
});

it.each([399, 400, 1_000])('a fault in line %i is told at its own place', (line) => {
  const all = segments(...Array.from({ length: 1_000 }, () => 'PO1'));
  const names = new PlaceNames(all);
  const told = [0, 4, 4, 12].map((position) => names.of(all[line - 1]!, position));
  expect(told).toEqual([`PO1[${line}]`, `PO1[${line}]/PO104`, `PO1[${line}]/PO104`, `PO1[${line}]/PO112`]);
  expect(names.of(all[0]!, 4)).toBe('PO1[1]/PO104');
});

it('a name that was made for one set is right for the next', () => {
  const [two, one] = [segments('PO1', 'PO1'), segments('PO1')];
  expect(new PlaceNames(two).of(two[0]!, 4)).toBe('PO1[1]/PO104');
  expect(new PlaceNames(one).of(one[0]!, 4)).toBe('PO104');
});
