import { describe, expect, it } from '@jest/globals';
import { codeTable } from './code-table.js';

describe('a table of codes', () => {
  const table = codeTable({ VP: 'seller', IN: 'buyer' });

  it('knows its codes', () => {
    expect(table['VP']).toBe('seller');
    expect(Object.keys(table)).toEqual(['VP', 'IN']);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'ZZ'])('knows nothing of %s', (code) => {
    expect(table[code]).toBeUndefined();
  });
});
