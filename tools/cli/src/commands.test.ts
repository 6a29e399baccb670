import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { anOrderFile } from './testing/an-order-file.js';
import { railhead } from './testing/railhead.js';

const samples = join(import.meta.dirname, '../../../samples');

describe('railhead status', () => {
  it('shows an order by its PO number and ends with 0', async () => {
    const { exit, out, seen } = await railhead(['status', 'PO 1/2'], {
      'GET /v1/orders/PO%201%2F2': { body: anOrderFile() },
    });
    expect([exit, out]).toEqual([0, expect.stringContaining('PO-1  SHIPPED')]);
    expect(seen[0]?.headers.authorization).toBe('Bearer id.secret');
  });

  it('gives a machine the whole file', async () => {
    const { out } = await railhead(['status', 'PO-1', '--json'], { 'GET /v1/orders/PO-1': { body: anOrderFile() } });
    expect(JSON.parse(out)).toEqual(anOrderFile());
  });

  it('ends with 3 and says what to do when there is no such order', async () => {
    const { exit, aside } = await railhead(['status', 'PO-9'], {});
    expect([exit, aside]).toEqual([3, expect.stringContaining('railhead orders')]);
  });

  it('follows an order until it is done', async () => {
    const statuses = ['shipped', 'settled'];
    const answer = () => ({ body: anOrderFile({ status: statuses.shift() ?? 'settled' }) });
    const { exit, out } = await railhead(['status', 'PO-1', '--watch'], {
      'GET /v1/orders/PO-1': answer,
      [`GET /v1/orders/${anOrderFile().orderId}`]: answer,
      'GET /v1/stream': { body: 'data: something changed\n\n' },
    });
    expect([exit, out]).toEqual([0, expect.stringMatching(/SHIPPED[\s\S]*SETTLED/)]);
  });

  it('counts where the orders stand when none is named', async () => {
    const orders = [
      anOrderFile({ status: 'on-hold' }),
      anOrderFile({ status: 'settled' }),
      anOrderFile({ status: 'settled' }),
    ];
    const answers = {
      'GET /v1/overview': { body: { byStatus: { settled: 2000, 'on-hold': 21 } } },
      'GET /v1/orders': { body: { orders, next: 'more' } },
    };
    const { out, seen } = await railhead(['--json', 'status'], answers);
    expect(JSON.parse(out)).toEqual({ orders: 2021, byStatus: { 'on-hold': 21, settled: 2000 } });
    expect(seen.map(({ path }) => path)).toEqual(['/v1/overview', '/v1/orders?status=on-hold&limit=20']);
    const shown = (await railhead(['status'], answers)).out;
    expect(shown).toMatch(
      /settled +2000\non-hold +21\n\nWaiting for a person:[\s\S]*and more: railhead orders --status on-hold/,
    );
  });

  it('says what to do where there is no order yet', async () => {
    const { out } = await railhead(['status'], { 'GET /v1/overview': { body: { byStatus: {} } } });
    expect(out).toContain('No orders yet. Send one: railhead send');
  });
});

describe('railhead orders', () => {
  it('hands its filters on', async () => {
    const { exit, seen } = await railhead(['orders', '--status', 'on-hold', '--search', 'ACME', '--limit', '5'], {
      'GET /v1/orders': { body: { orders: [], next: null } },
    });
    expect([exit, seen[0]?.path]).toEqual([0, '/v1/orders?q=ACME&status=on-hold&limit=5']);
  });

  it('says that there are more, and goes on where the page before ended', async () => {
    const { out, seen } = await railhead(['orders', '--cursor', 'abc'], {
      'GET /v1/orders': { body: { orders: [anOrderFile()], next: 'def' } },
    });
    expect([seen[0]?.path, out]).toEqual(['/v1/orders?limit=20&cursor=abc', expect.stringContaining('--cursor def')]);
  });

  it('ends with 4 for a key that is not known', async () => {
    const { exit, out } = await railhead(['orders', '--json'], {
      'GET /v1/orders': { status: 401, body: { error: 'UNAUTHORIZED', message: 'this API key is unknown' } },
    });
    expect([exit, JSON.parse(out)]).toEqual([
      4,
      expect.objectContaining({ error: 'this API key is unknown', next: expect.stringContaining('RAILHEAD_KEY') }),
    ]);
  });

  it('ends with 2 when the database behind the gateway is away', async () => {
    const { exit, aside } = await railhead(['orders'], {
      'GET /v1/orders': { status: 503, body: { error: 'UNAVAILABLE', message: 'nothing was taken' } },
    });
    expect([exit, aside]).toEqual([2, expect.stringContaining('nothing was taken')]);
  });

  it('ends with 1 and names the place of a refused filter', async () => {
    const body = {
      error: 'BAD_REQUEST',
      message: 'the query is not as expected',
      issues: [{ at: '/status', message: 'no such status' }],
    };
    const { exit, aside } = await railhead(['orders', '--status', 'x'], { 'GET /v1/orders': { status: 400, body } });
    expect([exit, aside]).toEqual([1, expect.stringContaining('/status  no such status')]);
  });
});

describe('railhead send', () => {
  it('sends an 850 as it is, to the EDI door', async () => {
    const { exit, out, seen } = await railhead(['send', join(samples, '850.clean.edi')], {
      'POST /edi': { body: { accepted: true } },
    });
    expect([exit, out]).toEqual([0, expect.stringContaining('railhead status ACME-10001')]);
    expect(seen[0]?.headers['content-type']).toBe('application/edi-x12');
    expect(seen[0]?.body).toContain('BEG*00*SA*ACME-10001*');
  });

  it('sends it under a new PO number, for a partner by name', async () => {
    const { out, seen } = await railhead(
      ['send', join(samples, '850.clean.edi'), '--new-po', '--partner', 'acme', '--json'],
      { 'POST /edi/acme': { body: { accepted: true } } },
    );
    const [poNumber] = (JSON.parse(out) as { poNumbers: string[] }).poNumbers;
    expect(poNumber).toMatch(/^ACME-10001-[0-9A-Z]{1,6}$/);
    expect(seen[0]?.body).toContain(`BEG*00*SA*${poNumber}*`);
  });

  it('sends a JSON order to the JSON door', async () => {
    const { exit, seen } = await railhead(['send', join(samples, 'order.json')], {
      'POST /v1/orders': { status: 202, body: { orderId: 'x', duplicate: false } },
    });
    expect([exit, seen[0]?.headers['content-type']]).toEqual([0, 'application/json']);
  });

  it('says whether what was refused is kept, and what to do', async () => {
    const sending = ['send', join(samples, '850.clean.edi'), '--partner', 'bolt'];
    const refusal = (status: number, body: object) => ({ 'POST /edi/bolt': { status, body } });
    const wrong = { error: 'WRONG_SENDER', message: 'not through the channel of bolt', documentId: 'd' };
    const { exit, aside } = await railhead(sending, refusal(403, wrong));
    expect([exit, aside]).toEqual([1, expect.stringMatching(/channel of bolt[\s\S]*leave --partner out.*is kept/)]);
    const none = await railhead(sending, refusal(404, { message: 'there is no partner bolt' }));
    expect([none.exit, none.out]).toEqual([1, expect.stringMatching(/no partner bolt\nMend that/)]);
    const bad = await railhead(sending, refusal(400, { message: 'no interchange was found', documentId: 'd' }));
    expect(bad.out).toContain('The document is kept. Mend it');
    const stranger = { error: 'UNKNOWN_PARTNER', message: 'we do not know them', documentId: 'd' };
    expect((await railhead(sending, refusal(422, stranger))).out).toContain('railhead held list');
  });

  it('says that Railhead had a document already', async () => {
    const { exit, out } = await railhead(['send', join(samples, 'order.json')], {
      'POST /v1/orders': { body: { duplicate: true } },
    });
    expect([exit, out]).toEqual([0, expect.stringContaining('nothing was done twice')]);
  });

  it('ends with 1 and names every fault of a refused document', async () => {
    const body = {
      message: 'the order was not taken',
      issues: [{ code: 'BAD_VALUE', at: '/currency', message: 'unknown currency "XQQ"' }],
    };
    const { exit, out } = await railhead(['send', join(samples, 'order.json')], {
      'POST /v1/orders': { status: 422, body },
    });
    expect([exit, out]).toEqual([1, expect.stringContaining('/currency  unknown currency "XQQ"')]);
  });

  it('ends with 1 when the EDI door took the interchange and its 997 refuses the order', async () => {
    const body = { accepted: false, issues: [{ at: 'BEG05', message: 'BEG05 is not a date' }] };
    const { exit, out } = await railhead(['send', join(samples, '850.broken.edi')], { 'POST /edi': { body } });
    expect([exit, out]).toEqual([1, expect.stringContaining('BEG05 is not a date')]);
  });

  it('ends with 3 for a file that is not there', async () => {
    expect((await railhead(['send', '/no/such/file.edi'])).exit).toBe(3);
  });
});

describe('railhead', () => {
  it('ends with 2 and says how to start it when nothing answers', async () => {
    const { exit, aside } = await railhead(['orders'], {}, { RAILHEAD_URL: 'http://127.0.0.1:1' });
    expect([exit, aside]).toEqual([2, expect.stringContaining('npm start')]);
  });

  const page = { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' };

  it.each([200, 404])('ends with 2 when another program answers at its port with a page and %i', async (status) => {
    const answers = { 'GET /v1/orders': { ...page, status }, 'POST /v1/orders': { ...page, status } };
    for (const args of [['orders'], ['send', join(samples, 'order.json')]]) {
      const { exit, out, aside } = await railhead(args, answers);
      expect([exit, out, aside]).toEqual([2, '', expect.stringContaining('something else than Railhead')]);
    }
  });

  it.each([301, 302, 307])('is sent nowhere else: an order is not taken because of a %i', async (status) => {
    const { exit, out, aside, seen } = await railhead(['send', join(samples, 'order.json')], {
      'POST /v1/orders': { status, headers: { location: '/v1/orders' }, body: {} },
      'GET /v1/orders': { body: { orders: [], next: null } },
    });
    expect([exit, out, aside]).toEqual([2, '', expect.stringMatching(/elsewhere[\s\S]*RAILHEAD_URL/)]);
    expect(seen).toHaveLength(1);
  });

  it('ends with 2 for a command that does not exist', async () => {
    const { exit, aside } = await railhead(['ordrs']);
    expect([exit, aside]).toEqual([2, expect.stringContaining('Did you mean orders')]);
  });

  it('ends with 0 for help, which names the exit codes', async () => {
    const { exit, out } = await railhead(['--help']);
    expect([exit, out]).toEqual([0, expect.stringContaining('Exit codes: 0 done')]);
  });

  it('tells a machine in JSON what went wrong', async () => {
    const { out, aside } = await railhead(['status', 'PO-9', '--json']);
    expect([JSON.parse(out), aside]).toEqual([expect.objectContaining({ error: 'nothing at /v1/orders/PO-9' }), '']);
  });
});
