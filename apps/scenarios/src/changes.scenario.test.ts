import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startErp } from '@railhead/simulators';
import { toOrderChange } from '@railhead/x12';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from './embedded-world.js';
import { newPo, x12PurchaseOrder } from './purchase-orders.js';
import { fromPartner, furnishPartners, readByPartner, segmentsOf } from './trading-partners.js';
import { Actors, type World } from './world.js';

describe('An order that its buyer changes', () => {
  let world: World;
  let actors: Actors;
  let erp: Awaited<ReturnType<typeof startErp>>;
  beforeAll(async () => {
    erp = await startErp({ seed: 1 });
    world = await openEmbedded(furnishPartners, { ERP_URL: erp.url });
    actors = new Actors(world);
  }, 300_000);
  afterAll(async () => {
    await world?.stop();
    await erp?.stop();
  }, 60_000);

  const send860 = async (po: string, change: Partial<Parameters<typeof toOrderChange>[0]>) => {
    const segments = toOrderChange({ purchaseOrderNumber: po, purchaseOrderDate: '20260203', lines: [], ...change });
    const { text } = await actors.postEdi(fromPartner('ACMESTORES', 'PC', '860', segments));
    expect(text).toMatch(/AK9\*A\*1\*1\*1/);
  };
  const toQuantity = (quantity: string) => ({
    lineNumber: '1',
    change: 'QD' as const,
    quantity,
    unit: 'EA',
    ids: [{ qualifier: 'VP', value: 'RH-1001' }],
  });
  /** What the ERP holds of an order, as soon as it is so. */
  const untilErpHolds = async (po: string, status: string, quantity: string): Promise<void> => {
    const held = () =>
      erp.book.all
        .map(({ order }) => order as { purchaseOrderNumber: string; status?: string; lines: { quantity: string }[] })
        .filter(({ purchaseOrderNumber }) => purchaseOrderNumber === po)
        .map((order) => [order.status, order.lines.map((line) => line.quantity)]);
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(50))
      if (JSON.stringify(held()) === JSON.stringify([[status, [quantity]]])) return;
    expect(held()).toEqual([[status, [quantity]]]);
  };
  const answers = async (po: string, count: number): Promise<string[]> =>
    (await actors.untilOutbox('acme', '865', po, count)).map((text) =>
      segmentsOf(readByPartner(text), 'BCA')[0]!.split('*').slice(0, 3).join('*'),
    );

  it('is changed though the change came before it, and so is what the ERP holds, until it is cancelled there', async () => {
    const po = newPo('HASTY');
    await send860(po, { changeSequence: '1', lines: [toQuantity('6')] });
    const lines = [{ sku: 'RH-1001', quantity: '10', price: '12.50' }];
    expect((await actors.postEdi(x12PurchaseOrder({ po, lines }))).text).toContain('AK9*A*1*1*1');
    expect(await answers(po, 1)).toEqual([`00*AD*${po}`]);
    await untilErpHolds(po, 'open', '6');

    await send860(po, { changeSequence: '2', lines: [toQuantity('5')] });
    await untilErpHolds(po, 'open', '5');
    const file = await actors.file(po);
    expect(file?.lines[0]).toMatchObject({ ordered: '5' });
    expect(file?.total?.minor).toBe(5 * 1250);
    expect(file?.documents.filter(({ documentType }) => documentType === '860')).toHaveLength(2);

    await send860(po, { purpose: '01' });
    await untilErpHolds(po, 'cancelled', '0');
    expect((await answers(po, 3)).sort()).toEqual([`00*AD*${po}`, `00*AD*${po}`, `00*AT*${po}`]);
  }, 180_000);
});
