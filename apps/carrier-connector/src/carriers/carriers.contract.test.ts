import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Headers, ReadMessage } from '../carrier.js';
import { CARRIERS } from './carriers.js';

const SECRET = 'wörd of\u00a0the\u2460 carrier'; // changes under NFKD
const hmac = (key: string, body: Buffer, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', key).update(body).digest(encoding);

interface Example {
  readonly fixture: string;
  readonly sign: (body: Buffer, secret: string) => Headers;
  readonly statuses: readonly string[];
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  easypost: {
    fixture: 'easypost/fixtures/tracker.delivered.json',
    sign: (body, secret) => ({ 'x-hmac-signature': `hmac-sha256-hex=${hmac(secret.normalize('NFKD'), body, 'hex')}` }),
    statuses: ['label_created', 'picked_up', 'delayed', 'out_for_delivery', 'delivered'],
  },
  aftership: {
    fixture: 'aftership/fixtures/tracking.delivered.json',
    sign: (body, secret) => ({ 'aftership-hmac-sha256': hmac(secret, body, 'base64') }),
    statuses: ['picked_up', 'delayed', 'delivered'],
  },
  generic: {
    fixture: 'generic/fixtures/parcel.delivered.json',
    sign: (body, secret) => ({ 'x-railhead-signature': `sha256=${hmac(secret, body, 'hex')}` }),
    statuses: ['picked_up', 'delayed', 'delivered'],
  },
};

function scansOf(read: ReadMessage): Extract<ReadMessage, { readable: true }>['scans'] {
  if (!read.readable) throw new Error(JSON.stringify(read.issues));
  return read.scans;
}

/** Every text in a message changed by `change`. */
function mapTexts(value: unknown, change: (text: string, name: string) => unknown, name = ''): unknown {
  if (typeof value === 'string') return change(value, name);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change, key)]));
}

const CODES = new Set(['status', 'tag']);

describe.each(CARRIERS.map((carrier) => ({ name: carrier.name, carrier, example: EXAMPLES[carrier.name]! })))(
  '$name',
  ({ carrier, example }) => {
    const body = readFileSync(new URL(example.fixture, import.meta.url));
    const message: unknown = JSON.parse(body.toString());

    it('believes its own signature over the bytes that came', () => {
      expect(carrier.isAuthentic(body, example.sign(body, SECRET), SECRET)).toBe(true);
    });

    it('believes no other signature', () => {
      const right = example.sign(body, SECRET);
      const [name, value] = Object.entries(right)[0] as [string, string];
      expect(carrier.isAuthentic(Buffer.concat([body, Buffer.from(' ')]), right, SECRET)).toBe(false);
      expect(carrier.isAuthentic(body, right, 'another secret')).toBe(false);
      expect(carrier.isAuthentic(body, {}, SECRET)).toBe(false);
      expect(carrier.isAuthentic(body, { [name]: '' }, SECRET)).toBe(false);
      expect(carrier.isAuthentic(body, { [name]: value.slice(0, -1) }, SECRET)).toBe(false);
      expect(carrier.isAuthentic(body, { [name]: [value, value] }, SECRET)).toBe(false);
    });

    it('translates a recorded message', () => {
      const read = carrier.read(message);
      expect(scansOf(read).map((scan) => scan.status)).toEqual(example.statuses);
      expect(read).toMatchObject({ unmapped: [], issues: [] });
    });

    it.each(['brand_new_code', 'constructor'])('never takes %s for a delivery, and names it', (code) => {
      const read = carrier.read(mapTexts(message, (text, name) => (CODES.has(name) ? code : text)));
      expect(scansOf(read).every((scan) => scan.status === 'unknown')).toBe(true);
      expect(read).toMatchObject({ unmapped: expect.arrayContaining([expect.any(String)]) });
    });

    it('takes the scans beside one whose time cannot be read, and names that one', () => {
      const read = carrier.read(mapTexts(message, (text) => (text.startsWith('2026-02-04T') ? 'yesterday' : text)));
      expect(scansOf(read)).toHaveLength(example.statuses.length - 1);
      expect(read.issues).toMatchObject([
        { at: expect.stringMatching(/\/\d$/), message: expect.stringContaining('yesterday') },
      ]);
    });

    it.each([null, 1, 'text', [], {}, { result: {} }])('says what is missing in %j instead of throwing', (nonsense) => {
      const read = carrier.read(nonsense);
      expect(read).toMatchObject({ readable: false });
      expect(read.issues.length).toBeGreaterThan(0);
    });
  },
);

describe('scans', () => {
  const aftership = CARRIERS.find((carrier) => carrier.name === 'aftership')!;
  const generic = CARRIERS.find((carrier) => carrier.name === 'generic')!;
  const read = (carrier: typeof generic, fixture: string) =>
    scansOf(carrier.read(JSON.parse(readFileSync(new URL(fixture, import.meta.url), 'utf8'))));

  it('are in UTC; a time without a zone is marked', () => {
    const [first, , last] = read(aftership, EXAMPLES['aftership']!.fixture);
    expect(first).toMatchObject({ occurredAt: '2026-02-04T03:15:00.000Z', zoneKnown: true });
    expect(last).toMatchObject({ occurredAt: '2026-02-06T10:20:00.000Z', zoneKnown: false });
  });

  it('of a day without a time count: a delivery comes after all else of its day', () => {
    const message = {
      event: 'tracking_update',
      msg: {
        tracking_number: 'A',
        checkpoints: [
          { checkpoint_time: '2026-02-05', tag: 'InTransit' },
          { checkpoint_time: '2026-02-05T16:00:00Z', tag: 'AttemptFail' },
          { checkpoint_time: '2026-02-05', tag: 'Delivered' },
        ],
      },
    };
    expect(scansOf(aftership.read(message)).map(({ occurredAt, zoneKnown }) => [occurredAt, zoneKnown])).toEqual([
      ['2026-02-05T00:00:00.000Z', false],
      ['2026-02-05T16:00:00.000Z', true],
      ['2026-02-05T23:59:59.000Z', false],
    ]);
  });

  it.each([null, undefined, ''])('without a time (%j) do not hide the scans beside them', (none) => {
    const easypost = CARRIERS.find((carrier) => carrier.name === 'easypost')!;
    const details = [
      { status: 'in_transit', datetime: none },
      { status: 'delivered', datetime: '2026-02-05T12:00:00Z' },
    ];
    const checkpoints = details.map(({ datetime }) => ({ tag: 'Delivered', checkpoint_time: datetime }));
    for (const read of [
      easypost.read({ description: 'tracker.updated', result: { tracking_code: 'A', tracking_details: details } }),
      aftership.read({ event: 'tracking_update', msg: { tracking_number: 'A', checkpoints } }),
    ]) {
      expect(scansOf(read).map(({ status }) => status)).toEqual(['delivered']);
      expect(read.issues).toMatchObject([{ message: '"" is not a time' }]);
    }
  });

  it('carry the number as every other sender writes it', () => {
    expect(read(generic, EXAMPLES['generic']!.fixture)[0]).toMatchObject({ trackingNumber: 'SIM0001', carrier: 'SIM' });
  });

  it('of a batch at EasyPost or another topic at AfterShip are none, without a fault', () => {
    const easypost = CARRIERS.find((carrier) => carrier.name === 'easypost')!;
    expect(easypost.read({ object: 'Event', description: 'batch.created', result: {} })).toMatchObject({
      readable: true,
      scans: [],
    });
    expect(aftership.read({ event: 'edd_update', msg: {} })).toMatchObject({ readable: true, scans: [] });
  });
});
