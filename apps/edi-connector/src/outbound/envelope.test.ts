import { describe, expect, it } from '@jest/globals';
import type { SegmentValues } from '@railhead/x12';
import { partnerWith, readBack, written } from '../testing/read-back.js';
import { faultsOf } from './own-faults.js';

const body = (po: string, note = 'a note'): SegmentValues[] => [
  ['BAK', '00', 'RD', po, '20260203'],
  ['N9', 'ZZ', 'NOTE'],
  ['MTX', undefined, note],
  ['CTT', '0'],
];
const faults = (po: string, note?: string, settings: object = {}) => {
  const partner = partnerWith({ version: '005010', ...settings });
  const segments = body(po, note);
  return faultsOf(written('855', segments, partner), partner, segments).map(({ at }) => at);
};

describe('an interchange to a partner', () => {
  it.each([
    { element: '^', segment: '~', component: ':' },
    { element: '*', segment: '~', component: '^' },
    { element: '^', segment: '!', component: '|' },
  ])('has a repetition separator of its own beside the partner’s delimiters: %j', (delimiters) => {
    const partner = partnerWith({ version: '005010', delimiters });
    const { interchange } = readBack('855', body('PO-1'), partner);
    expect(Object.values(delimiters)).not.toContain(interchange.delimiters.repetition);
    expect(interchange.delimiters).toMatchObject(delimiters);
  });

  it('keeps the repetition separator that the partner names', () => {
    const delimiters = { element: '*', segment: '~', component: '>', repetition: '!' };
    const { interchange } = readBack('855', body('PO-1'), partnerWith({ version: '005010', delimiters }));
    expect(interchange.delimiters).toEqual(delimiters);
  });

  it('has no empty lines where segments end with a line break', () => {
    const text = (segment: string) =>
      written(
        '855',
        body('PO-1'),
        partnerWith({ version: '005010', delimiters: { element: '*', segment, component: '>' } }),
      ).toString();
    expect(text('\n')).not.toContain('\n\n');
    expect(text('\r')).toContain('\r\n');
    expect(text('~')).toContain('~\n');
  });
});

describe('a delimiter in what we say', () => {
  it('becomes a space in a text, and the document leaves', () => {
    expect(faults('PO-1', 'call * me ~ or ^')).toEqual([]);
  });

  it.each(['A*1', 'A~1', 'A>1', 'A^1'])('keeps the document here when it is in a number: %s', (po) => {
    expect(faults(po)).toEqual(['BAK03']);
  });

  it('is none when the partner’s delimiters are others', () => {
    expect(faults('A>1', '', { delimiters: { element: '*', segment: '~', component: ':' } })).not.toContain('BAK03');
    expect(faults('Ä-1')).toEqual([]);
  });
});
