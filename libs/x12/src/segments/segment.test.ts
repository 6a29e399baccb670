import { describe, expect, it } from '@jest/globals';
import { an850, theSet } from '../testing/fixtures.js';
import { loops } from './loops.js';
import { pointer } from './pointer.js';
import { component, components, element, elementRange, repetitions } from './segment.js';

const bytes = an850(
  'BEG*00*SA*4500017**20261102',
  'REF*DP***PO>1>DP',
  'PO1*1*2*EA',
  'PID*F****Lamp',
  'PO1*2*3*EA',
  'CTT*2',
);
const { segments } = theSet(bytes);
const [, beg, ref, , , second] = segments;

describe('a segment', () => {
  it('counts elements from 1, and absent and empty ones are the same', () => {
    expect(element(beg, 3)).toBe('4500017');
    expect(element(beg, 4)).toBeUndefined();
    expect(element(beg, 9)).toBeUndefined();
    expect(element(beg, 0)).toBeUndefined();
    expect(element(undefined, 1)).toBeUndefined();
  });

  it('gives the components of a composite', () => {
    expect(components(ref, 4)).toEqual(['PO', '1', 'DP']);
    expect(component(ref, 4, 3)).toBe('DP');
    expect(component(ref, 4, 1)).toBe('PO');
    expect(component(ref, 4, 4)).toBeUndefined();
    expect(component(beg, 3, 1)).toBe('4500017');
    expect(component(beg, 3, 2)).toBeUndefined();
    expect(component(beg, 4, 1)).toBeUndefined();
    expect(components(ref, 2)).toEqual([]);
    expect(repetitions(ref, 4)).toEqual(['PO>1>DP']);
  });

  it('knows the bytes of each element', () => {
    const { from, to } = elementRange(beg as NonNullable<typeof beg>, 3);
    expect(bytes.subarray(from, to).toString()).toBe('4500017');
  });

  it('has a name that a person can follow', () => {
    expect(pointer(segments, beg as NonNullable<typeof beg>, 3)).toBe('BEG03');
    expect(pointer(segments, second as NonNullable<typeof second>, 4)).toBe('PO1[2]/PO104');
    expect(pointer(segments, second as NonNullable<typeof second>)).toBe('PO1[2]');
    expect(pointer(segments, ref as NonNullable<typeof ref>, 4, 2)).toBe('REF04-02');
  });

  it('heads a loop', () => {
    const lines = loops(segments, 'PO1', ['CTT']);
    expect(lines.map(({ head, body }) => [element(head, 1), body.map(({ id }) => id)])).toEqual([
      ['1', ['PID']],
      ['2', []],
    ]);
  });
});
