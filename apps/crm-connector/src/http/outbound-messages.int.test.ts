import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, DocumentReceived, DocumentRejected, OrderCaptured } from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { crmConnectorService } from '../index.js';
import { DealPoller } from '../reading/deal-poller.js';
import { HintStore } from '../store/hint.store.js';
import { aDeal, aDealLine, anId, anOutboundMessage } from '../testing/deals.js';
import { FakeSalesforce, ORG_ID, type FakeDeal } from '../testing/fake-salesforce.js';

const PATH_SECRET = 'an-unguessable-path-part';

let salesforce: FakeSalesforce;
let hub: ServiceUnderTest;

beforeAll(async () => {
  salesforce = await FakeSalesforce.start();
  salesforce.extraFields = ['PO_Number__c'];
  const organization = {
    organizationId: ORG_ID.slice(0, 15),
    pathSecret: PATH_SECRET,
    login: salesforce.login,
    purchaseOrderField: 'PO_Number__c',
  };
  hub = await serviceUnderTest(crmConnectorService, {
    SALESFORCE_ORGS: JSON.stringify([organization]),
    SALESFORCE_POLL_SECONDS: '0',
  });
});
afterAll(async () => {
  await hub.stop();
  await salesforce.stop();
});
beforeEach(() => salesforce.failNext(0, 503, ''));

async function push(message: string | Buffer, secret = PATH_SECRET): Promise<{ status: number; text: string }> {
  const response = await fetch(`${hub.address}/salesforce/${secret}/outbound-messages`, {
    method: 'POST',
    body: message,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
  });
  return { status: response.status, text: await response.text() };
}

function won(change: Partial<FakeDeal> = {}): FakeDeal {
  const deal = aDeal(change);
  salesforce.deals.set(deal.Id, deal);
  return deal;
}

const tellOf = (deal: FakeDeal, organization = ORG_ID): Promise<{ status: number; text: string }> =>
  push(anOutboundMessage(organization, [{ record: deal.Id }]));
const capturesOf = (deal: FakeDeal) =>
  hub
    .heard()
    .filter(
      (event) =>
        event.type === OrderCaptured.type &&
        (event.data as { provenance: { documentId: string } }).provenance.documentId === deal.Id,
    );

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await pause(20);
  }
}
const captured = (deal: FakeDeal, times = 1) => until(() => capturesOf(deal).length >= times);
const readAll = () =>
  until(async () => (await hub.rows('SELECT 1 FROM opportunity_reads WHERE hints > hints_read')).length === 0);
const rejectionOf = async (deal: FakeDeal) => {
  const of = () =>
    hub
      .heard()
      .filter(
        (event) => event.type === DocumentRejected.type && (event.data as { reference?: string }).reference === deal.Id,
      );
  await until(() => of().length > 0);
  return of()[0]!.data as { issues: { code: string; at: string }[]; documentId: string };
};

describe('a won deal that Salesforce pushes', () => {
  it('is acknowledged, read back with its lines and account, and captured', async () => {
    const deal = won({ PO_Number__c: 'GX-1001' });
    const answer = await tellOf(deal);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(
      '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>',
    );
    await captured(deal);
    const [event] = capturesOf(deal);
    expect(event!.data).toMatchObject({
      channel: 'crm',
      purchaseOrderNumber: 'GX-1001',
      lines: [
        { item: { sellersItemId: 'RH-1001' }, quantity: { value: '12' }, price: { amount: '12.5' } },
        { item: { sellersItemId: 'RH-1003' }, quantity: { value: '40' }, price: { amount: '0.0375' } },
      ],
      totals: { payable: { currency: 'USD', minor: 15150 } },
    });
    const [received] = await hub.until(DocumentReceived, 1, event!.subject);
    expect(received).toMatchObject({
      correlationId: event!.correlationId,
      data: { documentType: 'opportunity', reference: deal.Id },
    });
    const [kept] = await hub.rows<{ bytes: Buffer }>('SELECT bytes FROM documents WHERE opportunity_id = $1', [
      deal.Id,
    ]);
    expect(kept!.bytes.toString()).toContain('"Quantity":12.0'); // as it came, not as it was understood
  });

  it('is captured once when the notification comes again, and across a restart', async () => {
    const deal = won();
    const message = anOutboundMessage(ORG_ID, [{ record: deal.Id }]);
    await Promise.all([push(message), push(message), push(message)]);
    await captured(deal);
    await readAll();
    const reads = salesforce.count('/query');
    await hub.restart();
    expect((await push(message)).text).toContain('<Ack>true</Ack>');
    await pause(700);
    expect(salesforce.count('/query')).toBe(reads);
    expect(capturesOf(deal)).toHaveLength(1);
  });

  it('is a duplicate when it is told of anew and nothing changed', async () => {
    const deal = won();
    await tellOf(deal);
    await captured(deal);
    salesforce.deals.set(deal.Id, { ...deal, StageName: 'Closed Won!', SystemModstamp: '2026-02-03T09:59:00.000Z' });
    await tellOf(deal);
    await tellOf(deal);
    await hub.until(DocumentDuplicated, 1, capturesOf(deal)[0]!.subject);
    await readAll();
    expect(capturesOf(deal)).toHaveLength(1);
  });

  it('is captured again when its lines changed, for a person to decide', async () => {
    const deal = won();
    await tellOf(deal);
    await captured(deal);
    salesforce.deals.set(deal.Id, { ...deal, OpportunityLineItems: [aDealLine({ Quantity: 13 })], Amount: 162.5 });
    await tellOf(deal);
    await captured(deal, 2);
    expect(new Set(capturesOf(deal).map((event) => event.subject)).size).toBe(1);
  });

  it('is read to its last line over several pages', async () => {
    const deal = won({
      OpportunityLineItems: Array.from({ length: 5 }, (_, index) =>
        aDealLine({ SortOrder: index, Quantity: index + 1 }),
      ),
      Amount: 187.5,
    });
    salesforce.childPageSize = 2;
    await tellOf(deal);
    await captured(deal);
    salesforce.childPageSize = 200;
    expect((capturesOf(deal)[0]!.data as { lines: unknown[] }).lines).toHaveLength(5);
  });

  it('takes the form of its organization’s id with 15 characters, and two deals in one message', async () => {
    const deals = [won(), won()];
    await push(
      anOutboundMessage(
        ORG_ID.slice(0, 15),
        deals.map((deal) => ({ record: deal.Id.slice(0, 15) })),
      ),
    );
    await Promise.all(deals.map((deal) => captured(deal)));
  });

  it('is one order when two deals say the same under one PO number', async () => {
    const [first, second] = [won({ PO_Number__c: 'TWIN' }), won({ PO_Number__c: 'TWIN' })];
    await tellOf(first);
    await captured(first);
    await tellOf(second);
    await readAll();
    await hub.until(DocumentDuplicated, 1, capturesOf(first)[0]!.subject);
    expect(capturesOf(second)).toHaveLength(0);
  });
});

describe('news of a deal', () => {
  it('that comes while the deal is being read is not taken for read', async () => {
    const hints = hub.service.app.get(HintStore);
    const [organizationId, opportunityId] = ['00D000000000002AAA', anId('006')]; // no connection: only this test claims it
    const { db } = hub.service.context;
    const due = async (): Promise<number> => (await hints.claim([organizationId], 5)).length;
    await db.transaction((tx) => hints.hint(organizationId, [opportunityId], tx));
    const [read] = await hints.claim([organizationId], 5);
    expect(await due()).toBe(0); // claimed
    await db.transaction((tx) => hints.hint(organizationId, [opportunityId], tx));
    await db.transaction((tx) => hints.answered(read!, tx));
    expect(await due()).toBe(1);
    await db.transaction((tx) => hints.answered({ ...read!, hints: 2 }, tx));
    expect(await due()).toBe(0);
  });
});

describe('a deal that is no order', () => {
  it('is left alone when it is not won', async () => {
    const deal = won({ IsWon: false });
    await tellOf(deal);
    await readAll();
    expect(await hub.rows('SELECT 1 FROM documents WHERE opportunity_id = $1', [deal.Id])).toEqual([]);
  });

  it('is refused with its faults and their places, and taken once they are mended', async () => {
    const deal = won({ Account: { ...aDeal().Account, AccountNumber: null }, OpportunityLineItems: [] });
    await tellOf(deal);
    expect((await rejectionOf(deal)).issues).toMatchObject([
      { code: 'ACCOUNT_NUMBER_MISSING', at: '/Account/AccountNumber' },
      { code: 'NO_LINES' },
    ]);
    salesforce.deals.set(deal.Id, { ...aDeal(), Id: deal.Id });
    await tellOf(deal);
    await captured(deal);
  });

  it('is reported when it was captured and is open again; nothing is cancelled', async () => {
    const deal = won();
    await tellOf(deal);
    await captured(deal);
    salesforce.deals.set(deal.Id, { ...deal, IsWon: false, IsClosed: false });
    await tellOf(deal);
    expect((await rejectionOf(deal)).issues).toMatchObject([{ code: 'DEAL_REOPENED', at: '/IsWon' }]);
  });

  it('is reported at its order when it was captured and is gone, or cannot be read any more', async () => {
    const [gone, faulty] = [won(), won()];
    for (const deal of [gone, faulty]) {
      await tellOf(deal);
      await captured(deal);
    }
    salesforce.deals.delete(gone.Id);
    salesforce.deals.set(faulty.Id, { ...faulty, OpportunityLineItems: [] });
    for (const deal of [gone, faulty]) {
      await tellOf(deal);
      await hub.until(DocumentRejected, 1, capturesOf(deal)[0]!.subject);
    }
  });

  it('does not become a second order when its PO number changes', async () => {
    const deal = won();
    await tellOf(deal);
    await captured(deal);
    salesforce.deals.set(deal.Id, { ...deal, PO_Number__c: 'OTHER' });
    await tellOf(deal);
    expect((await rejectionOf(deal)).issues).toMatchObject([{ code: 'ORDER_NUMBER_CHANGED' }]);
    expect(capturesOf(deal)).toHaveLength(1);
  });

  it('is reported when Salesforce does not know it', async () => {
    const gone = aDeal();
    await tellOf(gone);
    expect((await rejectionOf(gone)).issues).toMatchObject([{ code: 'OPPORTUNITY_NOT_FOUND' }]);
  });
});

describe('Salesforce in trouble', () => {
  it('is asked again when the log-in has run out', async () => {
    salesforce.expireTokens();
    const deal = won();
    await tellOf(deal);
    await captured(deal);
  });

  it('is asked again until it answers, and the deal is not lost', async () => {
    salesforce.failNext(4, 503, 'SERVER_UNAVAILABLE'); // the library tries three times, the reader then once more
    const deal = won();
    await tellOf(deal);
    await captured(deal);
  });

  it('is asked again after it refused for its limit', async () => {
    salesforce.failNext(1, 403, 'REQUEST_LIMIT_EXCEEDED');
    const deal = won();
    await tellOf(deal);
    await captured(deal);
  });

  it('is not asked without end when it refuses every token', async () => {
    salesforce.refusesAll = true;
    const before = salesforce.requests.length;
    const deal = won();
    await tellOf(deal);
    await until(
      async () =>
        (await hub.rows("SELECT 1 FROM opportunity_reads WHERE opportunity_id = $1 AND last_error <> ''", [deal.Id]))
          .length > 0,
    );
    expect(salesforce.requests.length - before).toBeLessThan(20);
    salesforce.refusesAll = false;
    await captured(deal);
  });
});

describe('the poller', () => {
  const poll = () => hub.service.app.get(DealPoller).poll(ORG_ID);
  const later = (seconds: number): string => new Date(Date.UTC(2026, 1, 3, 10, 0, seconds)).toISOString();

  it('finds a deal whose push was lost, and one that became visible late, each once', async () => {
    const pushed = won({ SystemModstamp: later(1) });
    const lost = won({ SystemModstamp: later(2) });
    await tellOf(pushed);
    await captured(pushed);
    await poll();
    await captured(lost);
    const late = won({ SystemModstamp: later(0) }); // stamped before, visible only now
    await poll();
    await captured(late);
    await poll();
    await readAll();
    for (const deal of [pushed, lost, late]) expect(capturesOf(deal)).toHaveLength(1);
    expect(await hub.rows('SELECT hints FROM opportunity_reads WHERE opportunity_id = $1', [lost.Id])).toEqual([
      { hints: 1 },
    ]);
  });

  it('sees every deal where more share a second than fit on a page', async () => {
    const deals = Array.from({ length: 450 }, () =>
      won({ SystemModstamp: later(30), IsWon: true, OpportunityLineItems: [] }),
    );
    await poll();
    const rows = await hub.rows('SELECT 1 FROM opportunity_reads WHERE polled_revision = $1', [later(30)]);
    expect(rows).toHaveLength(deals.length);
    for (const deal of deals) salesforce.deals.delete(deal.Id);
  });
});

describe('the door', () => {
  it('is not there for who does not know its address', async () => {
    expect((await push(anOutboundMessage(ORG_ID, [{ record: anId('006') }]), 'a-guessed-path-part-123')).status).toBe(
      404,
    );
  });

  it('refuses another organization, keeps the message once, and reads nothing', async () => {
    const record = anId('006');
    const message = anOutboundMessage('00D000000000001', [{ record }]);
    const [first, again] = [await push(message), await push(message)];
    expect([first.status, again.status]).toEqual([403, 403]);
    expect(JSON.parse(first.text)).toMatchObject({
      issues: [{ code: 'OTHER_ORGANIZATION', at: 'notifications/OrganizationId' }],
    });
    await hub.idle();
    const told = hub.heard().filter((event) => JSON.stringify(event.data).includes('OTHER_ORGANIZATION'));
    expect(told).toHaveLength(1);
    expect(await hub.rows('SELECT 1 FROM opportunity_reads WHERE opportunity_id = $1', [record])).toEqual([]);
    expect(await hub.rows(`SELECT times_seen FROM messages WHERE text LIKE '%00D000000000001%'`)).toEqual([
      { times_seen: 2 },
    ]);
  });

  it('never stores a session id', async () => {
    const secret = '00D5w000004qGTO!AQ8AQFsecretsession';
    await push(anOutboundMessage(ORG_ID, [{ record: won().Id }], secret));
    await push(anOutboundMessage(ORG_ID, [{ record: won().Id }], `<![CDATA[${secret}]]>`));
    await push(anOutboundMessage('00D000000000001', [{ record: won().Id }], secret));
    await push(`<x><sf:SessionId>${secret}`);
    const rows = await hub.rows<{ text: string }>('SELECT text FROM messages');
    expect(rows.filter((row) => row.text.includes('secretsession'))).toEqual([]);
    expect(rows.filter((row) => row.text.includes('[redacted]'))).toHaveLength(4);
  });

  it('refuses what declares a document type, and keeps it', async () => {
    const attack = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${anOutboundMessage(ORG_ID, [{ record: anId('006') }])}`;
    const answer = await push(attack);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ issues: [{ code: 'DOCTYPE_FORBIDDEN', at: 'byte 0' }] });
    await until(() =>
      hub
        .heard()
        .some(
          (event) => event.type === DocumentRejected.type && JSON.stringify(event.data).includes('DOCTYPE_FORBIDDEN'),
        ),
    );
  });

  it('says where the XML breaks', async () => {
    const answer = await push('<a>\n<b></a>');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({
      issues: [{ code: 'NOT_XML', at: expect.stringContaining('line 2') }],
    });
  });

  it('refuses a body that is too large', async () => {
    expect((await push('x'.repeat(512 * 1024 + 1))).status).toBe(413);
  });

  it('acknowledges news about other objects without reading them', async () => {
    const record = anId('001');
    expect((await push(anOutboundMessage(ORG_ID, [{ record, type: 'Account' }]))).text).toContain('<Ack>true</Ack>');
    expect(await hub.rows('SELECT 1 FROM opportunity_reads WHERE opportunity_id = $1', [record])).toEqual([]);
  });
});
