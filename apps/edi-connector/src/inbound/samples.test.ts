import { describe, expect, it } from '@jest/globals';
import { describePlace, readInterchanges, type TransactionSet } from '@railhead/x12';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Partner } from '../partners/partner.js';
import { readMessage } from './set-readers.js';

const SAMPLES = process.env['RAILHEAD_X12_SAMPLES'];
const ROLES = {
  '860': 'customer',
  '820': 'customer',
  '824': 'customer',
  '944': 'warehouse',
  '945': 'warehouse',
  '846': 'warehouse',
  '214': 'carrier',
} as const;
const sides = { them: { qualifier: 'ZZ', id: 'THEM' }, us: { qualifier: 'ZZ', id: 'US' } };

const files = Object.keys(ROLES).flatMap((code) => {
  const folder = join(SAMPLES ?? '', code);
  return SAMPLES === undefined || !existsSync(folder) ? [] : readdirSync(folder).map((name) => join(folder, name));
});

function setsIn(file: string): TransactionSet[] {
  return [...readInterchanges(readFileSync(file))].filter((unit): unit is TransactionSet => unit.kind === 'set');
}

describe('documents of other people', () => {
  if (files.length === 0) it.skip('are not here: RAILHEAD_X12_SAMPLES names their folder', () => {});
  else
    it.each(files)('%s is understood, or refused with every fault at a place of its own', (file) => {
      for (const set of setsIn(file)) {
        const role = ROLES[set.code as keyof typeof ROLES];
        if (role === undefined) continue;
        const partner = Partner.parse({
          name: 'them',
          accountId: 'THEM',
          role,
          ...(role === 'warehouse' && { warehouse: 'MAIN' }),
          ...sides,
        });
        const read = readMessage(set, {
          partner,
          documentId: 'x',
          receivedAt: '2026-02-03T10:00:00.000Z',
          rawSha256: '0'.repeat(64),
        });
        expect(read).toBeDefined();
        if (read?.ok === false)
          for (const { place, message } of read.issues)
            expect([describePlace(place), message]).toEqual([
              expect.stringMatching(/^[A-Z0-9]{2,3}\d\d$/),
              expect.stringMatching(/\w/),
            ]);
      }
    });
});
