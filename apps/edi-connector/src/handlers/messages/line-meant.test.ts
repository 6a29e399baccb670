import { describe, expect, it } from '@jest/globals';
import { lineMeant } from './line-meant.js';

const line = (lineId: string, buyerLineId: string | undefined, value: string) => ({
  ...{ lineId, buyerLineId, unit: 'EA' },
  ids: [{ qualifier: 'VN', value }],
});
const goods = (value: string) => [{ qualifier: 'VN', value }];
const TENS = [line('1', '10', 'A'), line('2', '20', 'B'), line('3', '30', 'C')];

describe('the line that an 860 is about', () => {
  it('is the one with the number of the buyer', () => {
    expect(lineMeant({ buyerLineId: '20', ids: [] }, TENS)).toBe('2');
    expect(lineMeant({ buyerLineId: '0020', ids: [] }, TENS)).toBe('2');
  });

  it('is none where no line has that number, also when one of ours is called so', () => {
    expect(lineMeant({ buyerLineId: '2', ids: goods('A') }, TENS)).toBe('');
  });

  it('is the one with its product where the number is used twice, or there is none', () => {
    const twice = [line('1', '1', 'A'), line('2', '1', 'B'), line('3', '2', 'B')];
    expect(lineMeant({ buyerLineId: '1', ids: goods('B') }, twice)).toBe('2');
    expect(lineMeant({ buyerLineId: '1', ids: [] }, twice)).toBe('');
    expect(lineMeant({ buyerLineId: undefined, ids: goods('A') }, twice)).toBe('1');
    expect(lineMeant({ buyerLineId: undefined, ids: goods('B') }, twice)).toBe('');
  });

  it('is counted where the buyer numbers no lines', () => {
    const plain = [line('1', undefined, 'A'), line('2', undefined, 'B')];
    expect(lineMeant({ buyerLineId: '2', ids: [] }, plain)).toBe('2');
    expect(lineMeant({ buyerLineId: '2', ids: [] }, [...plain, line('3', '30', 'C')])).toBe('2');
    expect(lineMeant({ buyerLineId: '9', ids: [] }, plain)).toBe('');
  });

  it('is the exact number before one that differs by zeros', () => {
    expect(lineMeant({ buyerLineId: '1', ids: [] }, [line('1', '01', 'A'), line('2', '1', 'B')])).toBe('2');
  });
});
