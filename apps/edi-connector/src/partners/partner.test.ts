import { describe, expect, it } from '@jest/globals';
import { STANDARD_SCHEMAS } from '@railhead/x12';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPartnerFile } from './partner-file.js';
import { Partner } from './partner.js';
import { schemasFor } from './partner-schemas.js';
import { slipsIn } from './profile-slips.js';

const CORNER = {
  name: 'corner',
  accountId: 'CORNER',
  them: { qualifier: 'ZZ', id: 'CORNERSHOP' },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
};
const profile = (change: object): object => ({ ...CORNER, ...change });
const faultsOf = (change: object): string[] =>
  (Partner.safeParse(profile(change)).error?.issues ?? []).map(({ path, message }) => `/${path.join('/')}: ${message}`);

describe('the own rules of a partner', () => {
  it('are read once, however often its profile is', () => {
    const schemas = [{ sets: { '850': { mandatory: ['/CUR'] } } }];
    const [one, same, other] = [schemas, schemas, ['vics']].map((each) => Partner.parse(profile({ schemas: each })));
    expect(schemasFor(one!)).toBe(schemasFor(same!));
    expect(schemasFor(one!)).not.toBe(schemasFor(other!));
    expect(schemasFor(Partner.parse(CORNER))).toBe(STANDARD_SCHEMAS);
  });

  it.each([
    [['retail'], '/schemas/0: no overlay of ours is called retail'],
    [
      ['vics', { sets: { '850': { mandatory: ['BIG03'] } } }],
      '/schemas/1/sets/850/mandatory/0: BIG03 stands in no 850',
    ],
    [[{ sets: { '850': { mandatory: ['/CUR'], forbidden: ['CUR'] } } }], '/CUR is forbidden as well'],
    [{ '850': {} }, '/schemas: '],
  ])('are refused with their place: %j', (schemas, fault) => {
    expect(faultsOf({ schemas })).toEqual([expect.stringContaining(fault)]);
  });

  it('may come with the code of an industry in what we send', () => {
    expect(faultsOf({ version: '004010VICS' })).toEqual([]);
    expect(faultsOf({ version: '003060' })).toEqual([expect.stringContaining('/version: 004010 or 005010')]);
  });
});

describe('what a partner must always send', () => {
  const slips = (...requiredFields: string[]) => slipsIn(Partner.parse(profile({ requiredFields })));

  it('is something that an order can have', () => {
    const fields = ['BEG04', 'TD5', 'REF*DP', 'N1*ST/04', 'PO107', '/delivery/requestedTo', '/customerReference'];
    expect(slips(...fields, '/lines/*/item/standardItemId', '/lines/0/price/amount', '/extras/MSG')).toEqual([]);
  });

  it.each([
    ['beg04', 'beg04 is no place'],
    ['BIG01', 'BIG stands in no 850'],
    ['BEG13', 'BEG has 12 elements, there is no BEG13'],
    ['/requestedDeliveryOn', 'an order has no /requestedDeliveryOn'],
    ['/lines/item', 'an order has no /lines/item'],
    ['/lines/*/item/gtin', 'an order has no /lines/*/item/gtin'],
  ])('is no slip of the pen: %s', (field, message) => {
    expect(slips('BEG03', field)).toEqual([{ path: ['requiredFields', 1], message: expect.stringContaining(message) }]);
  });

  it('may be a segment of their own', () => {
    const schemas = [{ segments: 'ZP 127!', sets: { '850': { added: [{ after: 'PO1/PO4', segments: 'ZP' }] } } }];
    const own = (requiredFields: string[]) => slipsIn(Partner.parse(profile({ requiredFields, schemas })));
    expect(own(['ZP01'])).toEqual([]);
    expect(own(['ZP02'])).toHaveLength(1);
  });
});

describe('the characters that documents are cut with', () => {
  const slips = (element: string) =>
    slipsIn(Partner.parse(profile({ delimiters: { element, segment: '~', component: '>' } })));

  it('are of one byte', () => {
    expect([slips('|'), slips('\x1d')]).toEqual([[], []]);
    for (const element of ['§', '\0'])
      expect(slips(element)).toEqual([
        { path: ['delimiters', 'element'], message: 'a delimiter is one character of ASCII' },
      ]);
  });
});

describe('a figure that nobody judges', () => {
  it('is not taken', () => {
    expect(faultsOf({ tolerances: { totalPercent: '0.5', quantityPercent: '2' } })).toEqual([]);
    expect(faultsOf({ tolerances: { pricePercent: '2' } })).toEqual([
      expect.stringContaining('/tolerances/pricePercent: how far prices may differ is said of the customer'),
    ]);
  });

  it('in a file of earlier days is passed over', () => {
    const folder = mkdtempSync(join(tmpdir(), 'railhead-partners-'));
    const file = join(folder, 'partners.json');
    const tolerances = { pricePercent: '2', quantityPercent: '3' };
    writeFileSync(file, JSON.stringify({ partners: [profile({ tolerances })] }));
    const read = readPartnerFile(file);
    rmSync(folder, { recursive: true });
    expect(read?.[0]?.partner.tolerances).toEqual({ quantityPercent: '3' });
  });
});

describe('a key to log in with', () => {
  const ed25519 = `ssh-ed25519 ${Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, 7))]).toString('base64')}`;
  const token = `sk-ssh-ed25519@openssh.com ${Buffer.from('x').toString('base64')}`;
  const slips = (...publicKeys: string[]) => slipsIn(Partner.parse(profile({ sftpLogin: { publicKeys } })));

  it('is one that our server can check', () => {
    expect(slips(`${ed25519} ann@acme`)).toEqual([]);
    expect(slips(ed25519, token, 'ssh-rsa AAAA')).toMatchObject(
      [1, 2].map((n) => ({
        path: ['sftpLogin', 'publicKeys', n],
        message: expect.stringContaining('security token') as unknown,
      })),
    );
  });
});

/** A field of a key as it goes over the wire. */
function field(bytes: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(bytes as string)]);
}
