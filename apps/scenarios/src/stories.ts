import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import {
  jsonOrder,
  newPo,
  salesforceDeal,
  shopifyOrder,
  x12PurchaseOrder,
  type WantedLine,
} from './purchase-orders.js';
import { Actors, type OrderFile, type World } from './world.js';

const WIDGETS: readonly WantedLine[] = [
  { sku: 'RH-1001', quantity: '10', price: '12.50' },
  { sku: 'RH-1002', quantity: '4', price: '3.75' },
];
const person = { reason: 'checked by phone' };

/** The stories every way of running Railhead must tell. */
export function tellStories(name: string, open: () => Promise<World>): void {
  describe(`Railhead, ${name}`, () => {
    let world: World;
    let actors: Actors;
    beforeAll(async () => {
      world = await open();
      actors = new Actors(world);
    }, 300_000);
    afterAll(() => world?.stop(), 60_000);

    const settled = (file: OrderFile): boolean => file.status === 'settled';

    it('carries an 850 to a 997, 855, 856 and 810, and to a paid and settled order', async () => {
      const po = newPo('FULL');
      const interchange = x12PurchaseOrder({ po, lines: WIDGETS, control: 4711 });
      const answer = await actors.postEdi(interchange);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('AK9*A*1*1*1');
      await actors.untilOutbox('acme', '855', po);
      await actors.shipAll(po);
      const [asn] = await actors.untilOutbox('acme', '856', po);
      expect(asn).toContain('SN1*');
      await actors.deliverAll(po);
      const [invoice] = await actors.untilOutbox('acme', '810', po);
      expect(invoice).toContain('TDS*14000'); // 10 × 12.50 + 4 × 3.75
      await actors.payAll(po);
      await actors.until(po, 'settled', settled);
      const isAnswered = ({ documents }: OrderFile): boolean =>
        ['855', '856', '810'].every((type) => documents.some(({ documentType }) => documentType === type));
      const file = await actors.until(po, 'answered in full', isAnswered);
      expect(file.lines.map((line) => [line.ordered, line.shipped, line.delivered, line.invoiced])).toEqual([
        ['10', '10', '10', '10'],
        ['4', '4', '4', '4'],
      ]);
      expect(file.documents.map(({ documentType }) => documentType).sort()).toEqual(
        expect.arrayContaining(['810', '850', '855', '856']),
      );

      const again = await actors.postEdi(interchange); // the same interchange: the same answer, and nothing happens
      expect(again.text).toBe(answer.text);
      expect((await actors.outbox('acme', '855', po)).length).toBe(1);
      expect((await actors.file(po))?.invoices).toHaveLength(1);
    }, 120_000);

    it('takes an 850 from the partner’s folder as well', async () => {
      const { mkdir, writeFile, rename } = await import('node:fs/promises');
      const { join } = await import('node:path');
      const po = newPo('FOLDER');
      const inbox = join(world.home, 'edi', 'inbox', 'acme');
      await mkdir(inbox, { recursive: true });
      await writeFile(join(inbox, `${po}.edi.tmp`), x12PurchaseOrder({ po, lines: WIDGETS }));
      await rename(join(inbox, `${po}.edi.tmp`), join(inbox, `${po}.edi`));
      await actors.until(po, 'in fulfillment', ({ status }) => status === 'in-fulfillment');
      await actors.untilOutbox('acme', '855', po);
    }, 120_000);

    it('holds an order over the credit limit until a person releases it', async () => {
      const po = newPo('CREDIT');
      await actors.postEdi(
        x12PurchaseOrder({ po, sender: 'BOLTTOOLS', lines: [{ sku: 'RH-1001', quantity: '100', price: '12.50' }] }),
      );
      const held = await actors.until(po, 'on hold', ({ status }) => status === 'on-hold');
      expect(held.holds).toMatchObject([{ code: 'CREDIT_LIMIT', state: 'active' }]);
      expect((await actors.call('POST', `/v1/orders/${po}/release`, person)).status).toBe(202);
      await actors.shipAll(po);
      await actors.payAll(po);
      await actors.until(po, 'settled', settled);
    }, 120_000);

    it('ships what is there, waits for the rest, and invoices both', async () => {
      const po = newPo('SHORT');
      await actors.call(
        'POST',
        '/v1/orders',
        jsonOrder({ po, lines: [{ sku: 'RH-1009', quantity: '8', price: '249.00' }] }),
      );
      const isSplit = ({ lines, shipments }: OrderFile): boolean =>
        lines[0]?.backordered === '3' && shipments.length === 1; // two topics: either may be seen first
      const short = await actors.until(po, 'backordered', isSplit);
      expect(short.shipments.map(({ lines }) => lines[0]?.quantity)).toEqual(['5']);
      await actors.shipAll(po);
      await restock(world, 'RH-1009', 50);
      await actors.until(po, 'asked for a second shipment', ({ shipments }) => shipments.length === 2);
      await actors.shipAll(po);
      await actors.payAll(po, 2);
      const file = await actors.until(po, 'settled', settled);
      expect(file.invoices.reduce((sum, { gross }) => sum + gross.minor, 0)).toBe(199_200);
    }, 120_000);

    it('rejects unknown products, tells the partner by an 855, and takes the order when it comes corrected', async () => {
      const po = newPo('GHOST');
      await actors.postEdi(x12PurchaseOrder({ po, lines: [{ sku: 'RH-9999', quantity: '1', price: '1.00' }] }));
      const file = await actors.until(po, 'rejected', ({ status }) => status === 'rejected');
      expect(file.rejection?.reasons).toMatchObject([{ code: 'UNKNOWN_PRODUCT' }]);
      const [acknowledgment] = await actors.untilOutbox('acme', '855', po);
      expect(acknowledgment).toMatch(/BAK\*00\*R[DJ]/);
      await actors.postEdi(x12PurchaseOrder({ po, lines: WIDGETS }));
      await actors.until(po, 'in fulfillment', ({ shipments }) => shipments.length === 1);
      await actors.shipAll(po);
      await actors.payAll(po, 1);
      const settledFile = await actors.until(po, 'settled', settled);
      expect(settledFile).toMatchObject({ rejection: null, conflictingCopies: [] });
      const both = await actors.untilOutbox('acme', '855', po, 2);
      expect(both.filter((text) => /BAK\*00\*A[DK]/.test(text))).toHaveLength(1);
    }, 120_000);

    it('cancels an order before it ships', async () => {
      const po = newPo('CANCEL');
      await actors.call('POST', '/v1/orders', jsonOrder({ po, lines: WIDGETS }));
      await actors.until(po, 'in fulfillment', ({ shipments }) => shipments.length === 1);
      expect((await actors.call('POST', `/v1/orders/${po}/cancel`, person)).status).toBe(202);
      const isOver = ({ status, shipments }: OrderFile): boolean =>
        status === 'cancelled' && shipments[0]?.state === 'cancelled';
      const file = await actors.until(po, 'cancelled', isOver);
      expect(file.lines.map(({ cancelled }) => cancelled)).toEqual(['10', '4']);
    }, 120_000);

    it('makes the same canonical order of the same purchase by EDI, Salesforce, web shop and JSON', async () => {
      const pos = { edi: newPo('EDI'), crm: newPo('CRM'), shop: newPo('SHOP'), json: newPo('JSON') };
      await actors.postEdi(x12PurchaseOrder({ po: pos.edi, lines: WIDGETS }));
      expect((await actors.winDeal(salesforceDeal({ po: pos.crm, lines: WIDGETS }))).text).toContain('<Ack>true</Ack>');
      expect((await actors.postShopify(shopifyOrder({ po: pos.shop, lines: WIDGETS }))).status).toBe(200);
      expect((await actors.call('POST', '/v1/orders', jsonOrder({ po: pos.json, lines: WIDGETS }))).status).toBe(202);
      const purchases = [];
      for (const po of Object.values(pos)) {
        await actors.until(po, 'in fulfillment', ({ shipments }) => shipments.length === 1);
        purchases.push(purchaseIn(await actors.captured(po)));
      }
      for (const purchase of purchases) expect(purchase).toEqual(purchases[0]);
    }, 120_000);

    it('knows an order again that comes through a second door, and holds one that differs', async () => {
      const po = newPo('TWICE');
      await actors.postEdi(x12PurchaseOrder({ po, lines: WIDGETS }));
      const first = await actors.until(po, 'in fulfillment', ({ shipments }) => shipments.length === 1);
      const [head, ...rest] = WIDGETS;
      const other = await actors.call(
        'POST',
        '/v1/orders',
        jsonOrder({ po, lines: [{ ...head!, quantity: '11' }, ...rest] }),
      );
      expect(other.json['orderId']).toBe(first.orderId);
      const file = await actors.until(po, 'held for its other copy', ({ holds }) => holds.length === 1);
      expect(file.holds).toMatchObject([{ code: 'CONFLICTING_COPY', state: 'active' }]);
      expect(file.lines[0]?.ordered).toBe('10'); // nothing was overwritten
      const [copy] = file.conflictingCopies;
      expect(copy?.differences[0]).toEqual({ at: 'line 1 quantity', was: '10 EA', is: '11 EA' });
      const reason = 'they called: eleven it is';
      await actors.call('POST', `/v1/orders/${po}/copies/${copy!.eventId}`, { action: 'accept', reason });
      const changed = await actors.until(po, 'changed as its copy says', ({ lines }) => lines[0]?.ordered === '11');
      expect(changed.holds).toMatchObject([{ code: 'CONFLICTING_COPY', state: 'released' }]);
    }, 120_000);

    it('answers bad input once, with the place of the fault, and keeps the document', async () => {
      const po = newPo('BAD');
      const broken = await actors.postEdi(x12PurchaseOrder({ po, lines: WIDGETS }).replace(/SE\*\d+/, 'SE*3'));
      expect(broken.text).toContain('AK5*R*4');
      const stranger = await actors.postEdi(x12PurchaseOrder({ po, sender: 'NOBODY', lines: WIDGETS }));
      expect(stranger.status).toBeGreaterThanOrEqual(400);
      expect(stranger.text).toContain('NOBODY');
      const json = await actors.call('POST', '/v1/orders', '{"lines": [', { 'content-type': 'application/json' });
      expect([json.status, json.json['error']]).toEqual([400, 'NOT_JSON']);
      const currency = await actors.call('POST', '/v1/orders', {
        ...jsonOrder({ po, lines: WIDGETS }),
        currency: 'XXZ',
      });
      expect(currency.status).toBe(422);
      expect(JSON.stringify(currency.json['issues'])).toContain('/currency');
      const forged = await actors.call('POST', '/shopify/railhead-demo.myshopify.com/webhooks', '{}', {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/create',
        'x-shopify-hmac-sha256': 'AAAA',
      });
      expect(forged.status).toBe(401);
      expect(await actors.announce('/v1/orders', 3_000_000)).toBe(413);
      const nobody = await actors.call('GET', '/v1/orders', undefined, { authorization: 'Bearer nobody.nothing' });
      expect(nobody.status).toBe(401);
      expect(await actors.file(po)).toBeUndefined();
    }, 120_000);
  });
}

/** What was bought, for how much, to where: all that a purchase is beside who asked and how it was written down. */
function purchaseIn({ issuedOn, currency, lines, totals, parties }: CanonicalOrder): unknown {
  const shipTo = parties.find(({ role }) => role === 'shipTo')?.postalAddress;
  return {
    issuedOn,
    currency,
    totals,
    lines: lines.map(({ lineId, item, quantity, price, lineExtensionAmount }) => ({
      lineId,
      sku: item.sellersItemId,
      quantity,
      price,
      lineExtensionAmount,
    })),
    shipTo: [shipTo?.lines[0], shipTo?.city, shipTo?.subdivision, shipTo?.postalCode],
  };
}

/** The ERP writes a new stock file. */
async function restock(world: World, sku: string, onHand: number): Promise<void> {
  const { readFile, writeFile, rename } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const file = join(world.home, 'reference', 'stock.csv');
  const rows = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const columns = rows[0]!.split(',');
  const now = new Date().toISOString();
  const changed = rows.map((row) => {
    const cells = row.split(',');
    if (cells[columns.indexOf('sku')] !== sku) return row;
    cells[columns.indexOf('on_hand')] = String(onHand);
    if (columns.includes('as_of')) cells[columns.indexOf('as_of')] = now;
    return cells.join(',');
  });
  await writeFile(`${file}.tmp`, `${changed.join('\n')}\n`);
  await rename(`${file}.tmp`, file);
}
