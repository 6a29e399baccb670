import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toOrderChange, toRemittanceAdvice, toWarehouseShippingAdvice, type SegmentValues } from '@railhead/x12';
import { openEmbedded } from './embedded-world.js';
import { newPo, x12PurchaseOrder } from './purchase-orders.js';
import { fromPartner, furnishPartners, readByPartner, segmentsOf } from './trading-partners.js';
import { Actors, type World } from './world.js';

describe('An order that is EDI from end to end', () => {
  let world: World;
  let actors: Actors;
  beforeAll(async () => {
    world = await openEmbedded(furnishPartners);
    actors = new Actors(world);
  }, 300_000);
  afterAll(() => world?.stop(), 60_000);

  const [hammer, drill] = [[{ qualifier: 'VP', value: 'RH-1001' }], [{ qualifier: 'VP', value: 'RH-1004' }]];
  const hammers = [
    { sku: 'RH-1001', quantity: '10', price: '12.50' },
    { sku: 'RH-1002', quantity: '4', price: '3.75' },
  ];
  /** What our own documents say, each read by a strict reader first. */
  const told = async (partner: string, code: string, mentioning: string, count = 1) =>
    (await actors.untilOutbox(partner, code, mentioning, count)).map(readByPartner);
  const send = async (
    sender: string,
    functionalId: string,
    code: string,
    segments: Parameters<typeof fromPartner>[3],
  ) => {
    const answer = await actors.postEdi(fromPartner(sender, functionalId, code, segments));
    expect(answer.text).toMatch(/AK9\*A\*1\*1\*1/);
  };

  it('goes 850, 855, 860, 865, 940, 945, 856, 810 and 820, and is paid', async () => {
    const po = newPo('EDI');
    expect((await actors.postEdi(x12PurchaseOrder({ po, lines: hammers }))).text).toContain('AK9*A*1*1*1');
    const [accepted] = await told('acme', '855', po);
    expect(segmentsOf(accepted!, 'BAK')[0]).toContain(`00*AD*${po}`);

    const [first] = await told('depot', '940', po);
    expect(segmentsOf(first!, 'W01').map((line) => line.split('*')[0])).toEqual(['10', '4']);
    const number = (line: number) => segmentsOf(accepted!, 'PO1')[line]!.split('*')[0]!;
    const change = toOrderChange({
      purchaseOrderNumber: po,
      purchaseOrderDate: '20260203',
      changeSequence: '1',
      lines: [
        { lineNumber: number(0), change: 'QD', quantity: '6', unit: 'EA', ids: hammer! },
        { lineNumber: number(1), change: 'PC', quantity: '4', unit: 'EA', unitPrice: '1.00', ids: [] },
        { lineNumber: '99', change: 'AI', quantity: '1', unit: 'EA', unitPrice: '89.00', ids: drill! },
      ],
    });
    await send('ACMESTORES', 'PC', '860', change);
    const [changed] = await told('acme', '865', po);
    expect(segmentsOf(changed!, 'BCA')[0]).toContain(`00*AC*${po}**1`);
    expect(segmentsOf(changed!, 'ACK')).toEqual(['IA*6*EA', 'IR', 'IA*1*EA']);
    await send('ACMESTORES', 'PC', '860', change); // the same text again asks for nothing new

    const requests = (await told('depot', '940', 'ST*940', 3)).map((set) => segmentsOf(set, 'W05')[0]!.split('*'));
    expect(requests.map(([status]) => status).sort()).toEqual(['F', 'N', 'N']); // asked, called off, asked anew
    const taken = requests.find(([status]) => status === 'F')![1];
    const [, shipment] = requests.find(([status, reference]) => status === 'N' && reference !== taken)!;
    const goods = (await told('depot', '940', `W05*N*${shipment}`)).flatMap((set) => segmentsOf(set, 'W01'));
    expect(goods).toEqual(['6*EA**VN*RH-1001', '4*EA**VN*RH-1002', '1*EA**VN*RH-1004']);

    const carton = (sscc: string, quantity: string, sku: string) => ({
      marks: [{ qualifier: 'GM', value: sscc }],
      lines: [{ status: 'CC', quantityShipped: quantity, unit: 'EA', ids: [{ qualifier: 'VN', value: sku }] }],
    });
    const advice = toWarehouseShippingAdvice({
      depositorOrderNumber: shipment!,
      shippedOn: '20260204',
      shipmentId: 'BOL-77',
      parties: [{ role: 'ST', name: 'Acme DC 7' }],
      carrierCode: 'UPSN',
      packs: [
        carton('106141412345678908', '6', 'RH-1001'),
        carton('106141412345678915', '4', 'RH-1002'),
        carton('106141412345678922', '1', 'RH-1004'),
      ],
    });
    await send('DEPOTMAIN', 'SW', '945', advice);
    const [notice] = await told('acme', '856', po);
    expect(segmentsOf(notice!, 'MAN')).toEqual([
      'GM*00106141412345678908',
      'GM*00106141412345678915',
      'GM*00106141412345678922',
    ]);
    expect(segmentsOf(notice!, 'SN1').map((line) => line.split('*').slice(0, 2).join('*'))).toEqual([
      `${number(0)}*6`,
      `${number(1)}*4`,
      '99*1',
    ]);

    const [invoice] = await told('acme', '810', po);
    const total = 6 * 1250 + 4 * 375 + 8900; // the price change was refused
    expect(segmentsOf(invoice!, 'TDS')).toEqual([String(total)]);
    const invoiceNumber = segmentsOf(invoice!, 'BIG')[0]!.split('*')[1]!;
    const paid = { number: invoiceNumber, paid: (total / 100).toFixed(2) };
    const remittance = (trace: string, amount: string) =>
      toRemittanceAdvice({
        handling: 'C',
        amount,
        method: 'ACH',
        paidOn: '20260304',
        trace,
        currency: 'USD',
        invoices: [{ ...paid, paid: amount }],
      });
    await send('ACMESTORES', 'RA', '820', remittance(`TRACE-${po}`, paid.paid));
    const file = await actors.until(po, 'settled', ({ status }) => status === 'settled');
    expect(file.lines.map(({ sku, ordered, shipped, invoiced }) => [sku, ordered, shipped, invoiced])).toEqual([
      ['RH-1001', '6', '6', '6'],
      ['RH-1002', '4', '4', '4'],
      ['RH-1004', '1', '1', '1'],
    ]);
    expect(file.invoices).toMatchObject([{ state: 'paid', gross: { minor: total } }]);
    expect([...new Set(file.documents.map(({ documentType }) => documentType))].sort()).toEqual([
      '810',
      '850',
      '855',
      '856',
      '860',
      '865',
      '940',
      '945',
    ]);
  }, 180_000);

  it('is refused a change once the goods have left', async () => {
    const po = newPo('LATE');
    await actors.postEdi(x12PurchaseOrder({ po, lines: hammers }));
    await actors.shipAll(po);
    await told('acme', '856', po);
    const lines = [{ lineNumber: '1', change: 'QD' as const, quantity: '1', unit: 'EA', ids: hammer! }];
    await send(
      'ACMESTORES',
      'PC',
      '860',
      toOrderChange({ purchaseOrderNumber: po, purchaseOrderDate: '20260203', lines }),
    );
    const [refused] = await told('acme', '865', po);
    expect([segmentsOf(refused!, 'BCA')[0]!.slice(0, 5), segmentsOf(refused!, 'ACK')]).toEqual(['00*RD', ['IR']]);
    expect((await actors.file(po))?.lines[0]?.ordered).toBe('10');
  }, 120_000);

  it('for two stores on two days is asked of the warehouse by store, each on its day', async () => {
    const po = newPo('STORES');
    const store = (id: string, quantity: string, day: string): SegmentValues[] => [
      ['N1', 'ST', `Store ${id}`, '92', id],
      ['SCH', quantity, 'EA', '', '', '002', day],
    ];
    const order: SegmentValues[] = [
      ['BEG', '00', 'SA', po, '', '20260203'],
      ['CUR', 'BY', 'USD'],
      ['N1', 'ST', 'Acme DC 7', '92', '0007'],
      ['PO1', '1', '10', 'EA', '12.50', '', 'VP', 'RH-1001'],
      ...store('0001', '6', '20260310'),
      ...store('0002', '4', '20260410'),
      ['CTT', '1'],
    ];
    await send('ACMESTORES', 'PO', '850', order);
    const asked = (await told('depot', '940', po, 2)).map((set) => [
      segmentsOf(set, 'N1')[0],
      ...segmentsOf(set, 'G62'),
      ...segmentsOf(set, 'W01').map((line) => line.split('*')[0]),
    ]);
    expect(asked.sort()).toEqual([
      ['ST*Store 0001*92*0001', '02*20260310', '6'],
      ['ST*Store 0002*92*0002', '02*20260410', '4'],
    ]);
  }, 120_000);
});
