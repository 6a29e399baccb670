import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentDuplicated,
  DocumentReceived,
  OrderCancelRequested,
  OrderCaptured,
  orderIdOf,
} from '@railhead/contracts';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { ACME_KEY, ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 0;
const next = (): number => (control += 1);
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const captures = (po: string) =>
  edi.heard().filter(({ type, subject }) => type === OrderCaptured.type && subject === idOf(po));

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('an 850 over HTTP', () => {
  it('is answered with a 997 and captured with its provenance', async () => {
    const answer = await edi.post(interchange({ po: 'FIRST', control: next() }));
    expect([answer.status, answer.type]).toEqual([200, 'application/edi-x12']);
    expect(answer.text).toContain('AK9*A*1*1*1');
    const [captured] = await edi.until(OrderCaptured, 1, idOf('FIRST'));
    expect(captured!.data).toMatchObject({
      channel: 'edi',
      purchaseOrderNumber: 'FIRST',
      totals: { payable: { currency: 'USD', minor: 14_000 } },
      lines: [
        {
          lineId: '1',
          buyerLineId: '10',
          item: { sellersItemId: 'RH-1001', buyersItemId: 'A-77', name: 'Claw hammer' },
        },
        { buyerLineId: '20' },
      ],
    });
    expect(captured!.data.parties[0]).toMatchObject({ role: 'buyer', accountId: 'ACME' });
    expect(captured!.data.provenance.fields).toMatchObject({
      '/purchaseOrderNumber': 'BEG03',
      '/lines/1/price/amount': 'PO1[2]/PO104',
    });
    const [received] = await edi.until(DocumentReceived, 1, idOf('FIRST'));
    expect(received!.data).toMatchObject({
      documentType: '850',
      partner: 'acme',
      reference: 'FIRST',
      sha256: captured!.data.provenance.rawSha256,
    });
    expect(received!.correlationId).toBe(captured!.correlationId);
  });

  it('sent again is answered byte for byte and captured once', async () => {
    const text = interchange({ po: 'AGAIN', control: next() });
    const first = await edi.post(text);
    const second = await edi.post(text);
    expect(second.text).toBe(first.text);
    await edi.until(DocumentDuplicated, 1, idOf('AGAIN'));
    expect(captures('AGAIN')).toHaveLength(1);
  });

  it('sent twice at the same moment is captured once, with one answer', async () => {
    const text = interchange({ po: 'AT-ONCE', control: next() });
    const answers = await Promise.all(Array.from({ length: 6 }, () => edi.post(text)));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    await edi.until(DocumentDuplicated, 5, idOf('AT-ONCE'));
    expect(captures('AT-ONCE')).toHaveLength(1);
  });

  it('sent again after a restart is still known', async () => {
    const text = interchange({ po: 'RESTART', control: next() });
    const first = await edi.post(text);
    await edi.restart();
    expect((await edi.post(text)).text).toBe(first.text);
    await edi.until(DocumentDuplicated, 1, idOf('RESTART'));
    expect(captures('RESTART')).toHaveLength(1);
  }, 30_000);

  it('under a new control number is a duplicate when the content is the same, and a second copy when it is not', async () => {
    await edi.post(interchange({ po: 'COPY', control: next() }));
    await edi.post(interchange({ po: 'COPY', control: next() }));
    await edi.until(DocumentDuplicated, 1, idOf('COPY'));
    expect(captures('COPY')).toHaveLength(1);
    const other = orderBody('COPY').map((segment) => segment.replace('*4*EA*', '*5*EA*'));
    await edi.post(interchange({ control: next(), sets: [other] }));
    await edi.until(OrderCaptured, 2, idOf('COPY'));
  });

  it('takes many sets of one interchange, each order once', async () => {
    const sets = Array.from({ length: 40 }, (_, index) => orderBody(`MANY-${index}`));
    const answer = await edi.post(interchange({ control: next(), sets: [...sets, orderBody('MANY-0')] }));
    expect(answer.text).toContain('AK9*A*41*41*41');
    await edi.until(OrderCaptured, 1, idOf('MANY-39'));
    await edi.until(DocumentDuplicated, 1, idOf('MANY-0'));
    expect(captures('MANY-0')).toHaveLength(1);
  });

  it('with purpose 01 asks to cancel instead of ordering', async () => {
    const body = orderBody('STOP').map((segment) => segment.replace('BEG*00', 'BEG*01'));
    await edi.post(interchange({ control: next(), sets: [body] }));
    const [wish] = await edi.until(OrderCancelRequested, 1, idOf('STOP'));
    expect(wish!.data.actor).toEqual({ kind: 'partner', id: 'acme' });
    expect(captures('STOP')).toHaveLength(0);
  });

  it.each(['text/plain', 'application/octet-stream', 'application/json', 'application/x-www-form-urlencoded'])(
    'is taken as %s',
    async (type) => {
      const answer = await edi.post(interchange({ po: `TYPE-${control}`, control: next() }), { 'content-type': type });
      expect(answer.text).toContain('AK9*A*1*1*1');
    },
  );

  it('is answered as JSON to those who ask for that', async () => {
    const answer = await edi.post(interchange({ po: 'JSON', control: next() }), { accept: 'application/json' });
    expect(JSON.parse(answer.text)).toMatchObject({
      accepted: true,
      duplicate: false,
      orders: [{ orderId: idOf('JSON') }],
      issues: [],
    });
  });

  it('gets a TA1 where it asks for one', async () => {
    const number = next();
    const answer = await edi.post(interchange({ po: 'TA1', control: number, wantsTa1: true }));
    expect(answer.text).toContain(`TA1*${String(number).padStart(9, '0')}*260203*1015*A*000`);
  });
});

describe('the samples that come with the product', () => {
  const sample = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '../../../../samples', name));

  it.each(['850.clean.edi', '850.short-stock.edi', '850.unknown-product.edi', '850.credit-hold.edi'])(
    '%s is understood',
    async (name) => {
      expect((await edi.post(await sample(name))).text).toContain('AK9*A*1*1*1');
    },
  );

  it('850.broken.edi is refused with every fault of it', async () => {
    const { text } = await edi.post(await sample('850.broken.edi'));
    for (const told of ['AK4*5*373*8*20261341', 'AK4*2*330*6*TWELVE', 'AK4*4*212*6*3,75', 'AK5*R*4*5'])
      expect(text).toContain(told);
  });
});

/** What is answered to a request that says how long it will be, before any of it is sent. */
function statusAnnouncing(sizeBytes: number): Promise<number | undefined> {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/edi-x12',
    'content-length': sizeBytes,
  };
  return new Promise((resolve, reject) => {
    const asking = request(`${edi.address}/edi`, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode);
      asking.destroy();
    });
    asking.on('error', reject);
    asking.flushHeaders();
  });
}

describe('when something is away or too much', () => {
  it('answers 503 while the database is away, keeps nothing, and takes it later', async () => {
    const text = interchange({ po: 'LATER', control: next() });
    await edi.rows(
      `CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'shutting down' USING ERRCODE = '57P01'; END $$`,
    );
    await edi.rows('CREATE TRIGGER away BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION go_away()');
    await edi.rows('CREATE TRIGGER away BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION go_away()');
    const answer = await edi.post(text);
    expect(answer.status).toBe(503);
    await edi.rows('DROP TRIGGER away ON orders');
    await edi.rows('DROP TRIGGER away ON outbox');
    expect((await edi.post(text)).text).toContain('AK9*A*1*1*1');
    await edi.until(OrderCaptured, 1, idOf('LATER'));
  });

  it('answers 413 to more than 2 GB, before any of it is sent', async () => {
    expect(await statusAnnouncing(2 * 1024 ** 3 + 1)).toBe(413);
  });

  it('reads no more than a megabyte of JSON of somebody who has shown no key', async () => {
    const path = '/edi/outbound/018f0000-0000-7000-8000-000000000000';
    const [small, large] = ['['.repeat(1_000_000), '['.repeat(1_100_000)];
    expect((await edi.post(small, { authorization: '' }, path)).status).toBe(401);
    expect((await edi.post(large, { authorization: '' }, path)).status).toBe(413);
  });

  it('takes an order of 10,000 lines, and says so where an order is too large for that', async () => {
    const lines = (count: number, filler: string) =>
      Array.from({ length: count }, (_, index) => `PO1*${index + 1}*1*EA*1.25**VP*RH-1001${filler}`);
    const order = (po: string, body: string[]) => [`BEG*00*SA*${po}**20260203`, ...body, `CTT*${body.length}`];
    const answer = await edi.post(interchange({ control: next(), sets: [order('LONG', lines(10_000, ''))] }));
    expect(answer.text).toContain('AK9*A*1*1*1');
    const [captured] = await edi.until(OrderCaptured, 1, idOf('LONG'));
    expect(captured!.data.lines).toHaveLength(10_000);
    const wide = await edi.post(
      interchange({ control: next(), sets: [order('WIDE', lines(10_000, `*IN*${'A'.repeat(48)}`))] }),
    );
    expect(wide.text).toContain('AK5*R*5');
  }, 60_000);

  it('takes 2,000 orders of one interchange together', async () => {
    const sets = Array.from({ length: 2000 }, (_, index) => orderBody(`BULK-${index}`));
    const answer = await edi.post(interchange({ control: next(), sets }));
    expect(answer.text).toContain('AK9*A*2000*2000*2000');
    // Set by set it would be a statement for each, and minutes.
    for (const table of ['orders', 'captures']) {
      const written = await edi.rows(
        `SELECT count(*)::int AS orders, count(DISTINCT (xmin::text, cmin::text))::int AS statements
           FROM ${table} WHERE order_id = ANY($1::uuid[])`,
        [sets.map((_, index) => idOf(`BULK-${index}`))],
      );
      expect([table, written]).toEqual([table, [{ orders: 2000, statements: 1 }]]);
    }
  }, 60_000);
});

describe('the key', () => {
  it('of a partner opens the door for its own interchanges only', async () => {
    const authorization = `Bearer ${ACME_KEY}`;
    expect((await edi.post(interchange({ po: 'KEY', control: next() }), { authorization }, '/edi/acme')).status).toBe(
      200,
    );
    expect((await edi.post(interchange({ sender: 'BOLTTOOLS', control: 1 }), { authorization })).status).toBe(403);
    expect(
      (await edi.post(interchange({ sender: 'BOLTTOOLS', control: 1 }), { authorization }, '/edi/bolt')).status,
    ).toBe(403);
  });

  it('of a partner tells nobody with whom else we exchange documents', async () => {
    const answerTo = async (sender: string, control: number): Promise<unknown> => {
      const { status, text } = await edi.post(interchange({ sender, control }), {
        authorization: `Bearer ${ACME_KEY}`,
      });
      return [status, { ...(JSON.parse(text) as object), documentId: '' }];
    };
    expect(await answerTo('NOBODYATALL', 1)).toEqual(await answerTo('BOLTTOOLS', 1));
    expect((await edi.post(interchange({ sender: 'NOBODYATALL', control: 1 }))).status).toBe(422); // to us it is told
  });

  it.each([
    ['wrong', 'Bearer acme-1.open-sesamE'],
    ['missing', ''],
  ])('%s is a 401, and nothing is kept', async (_what, authorization) => {
    const [before] = await edi.rows<{ count: number }>('SELECT count(*)::int AS count FROM documents');
    expect((await edi.post(interchange({ po: 'LOCKED', control: next() }), { authorization })).status).toBe(401);
    expect(await edi.rows('SELECT count(*)::int AS count FROM documents')).toEqual([before]);
  });
});
