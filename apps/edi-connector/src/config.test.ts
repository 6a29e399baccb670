import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';

const home = mkdtempSync(join(tmpdir(), 'railhead-edi-config-'));
const acme = {
  name: 'acme',
  accountId: 'ACME',
  them: { qualifier: 'ZZ', id: 'ACMESTORES' },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
};

function load(content: unknown) {
  writeFileSync(join(home, 'partners.json'), JSON.stringify(content));
  return loadConfig({ EDI_HOME: home });
}

describe('the partner file', () => {
  it('is looked for in EDI_HOME and filled up with what is usual', () => {
    expect(load({ partners: [acme] }).partners).toMatchObject([
      { name: 'acme', currency: 'USD', version: '004010', acknowledgment: { ta1: 'asked' } },
    ]);
  });

  it('may be missing: then there are no partners yet', () => {
    expect(loadConfig({ EDI_HOME: join(home, 'elsewhere') }).partners).toEqual([]);
  });

  it.each([
    ['a name that is no folder', { ...acme, name: '../etc' }, /name/],
    ['an id of another partner', { ...acme, name: 'other' }, /ZZ\/ACMESTORES/],
    ['a word we do not know', { ...acme, folder: 'x' }, /folder/],
  ])('is refused at the start with %s', (_what, other, message) => {
    expect(() => load({ partners: [acme, other] })).toThrow(message);
  });
});
