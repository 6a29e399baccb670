import { describe, expect, it } from '@jest/globals';
import { toDocumentParty } from './document-party.js';

describe('a place in a document of ours', () => {
  it.each([
    ['BUYER', '92'],
    ['GLN', 'UL'],
    ['X12-54', '54'],
  ])('has its number under the qualifier that it came with: %s', (scheme, idQualifier) => {
    const party = toDocumentParty('ST', { role: 'shipTo', identifiers: [{ scheme, value: '0007' }] });
    expect(party).toMatchObject({ role: 'ST', idQualifier, id: '0007' });
  });

  it('has no number in a scheme that X12 has no qualifier for', () => {
    const party = toDocumentParty('ST', { role: 'shipTo', identifiers: [{ scheme: 'VAT', value: '1' }], name: 'DC' });
    expect(party).toEqual({ role: 'ST', name: 'DC', addressLines: [] });
  });

  it('has its address', () => {
    const postalAddress = { lines: ['1 Main St'], city: 'Reno', subdivision: 'NV', postalCode: '89501', country: 'US' };
    expect(toDocumentParty('ST', { role: 'shipTo', identifiers: [], postalAddress })).toMatchObject({
      addressLines: ['1 Main St'],
      city: 'Reno',
      state: 'NV',
      postalCode: '89501',
      country: 'US',
    });
  });

  it('counts characters, not halves of them: what is too short for its element stands where there is room', () => {
    const postalAddress = { lines: [], city: '𠀀', postalCode: 'A𠀀', country: 'CN' };
    const identifiers = [{ scheme: 'BUYER', value: '𠀀' }];
    expect(toDocumentParty('ST', { role: 'shipTo', identifiers, postalAddress })).toEqual({
      role: 'ST',
      name: '𠀀',
      addressLines: ['𠀀', 'A𠀀'],
      country: 'CN',
    });
  });
});
