import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  bigintArray,
  boolArray,
  byteaArray,
  Database,
  intArray,
  textArray,
  timestampArray,
  uuidArray,
} from './index.js';

let db: Database;
beforeAll(() => {
  db = new Database({ url: process.env['RAILHEAD_TEST_DATABASE_URL'] ?? '', schema: 'public' });
});
afterAll(() => db.close());

const ID = '0190f1a2-0000-7abc-8def-0123456789ab';
const KINDS: [string, Buffer, unknown[]][] = [
  [
    'text[]',
    textArray(['plain', 'ümläut "quoted", {braces}', '', null]),
    ['plain', 'ümläut "quoted", {braces}', '', null],
  ],
  ['uuid[]', uuidArray([ID, undefined]), [ID, null]],
  [
    'int8[]',
    bigintArray([0, -1, Number.MAX_SAFE_INTEGER, 2n ** 62n]),
    ['0', '-1', '9007199254740991', '4611686018427387904'],
  ],
  ['int4[]', intArray([1, null, -2]), [1, null, -2]],
  ['bool[]', boolArray([true, false, null]), [true, false, null]],
  [
    'bytea[]',
    byteaArray([Buffer.from([0, 255]), Buffer.alloc(0), null]),
    [Buffer.from([0, 255]), Buffer.alloc(0), null],
  ],
  ['timestamptz[]', timestampArray(['2026-02-03T04:05:06.789Z', null]), [new Date('2026-02-03T04:05:06.789Z'), null]],
  ['text[]', textArray([]), []],
];

it.each(KINDS)('sends %s so that PostgreSQL reads the same values', async (type, buffer, values) => {
  expect(await db.query(`SELECT v FROM unnest($1::${type}) AS v`, [buffer])).toEqual(values.map((v) => ({ v })));
});

it('refuses what is not a uuid or an instant instead of storing something else', () => {
  expect(() => uuidArray(['not-a-uuid'])).toThrow(RangeError);
  expect(() => timestampArray(['yesterday'])).toThrow(RangeError);
});
