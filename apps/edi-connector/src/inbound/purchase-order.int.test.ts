import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 0;
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const captures = (po: string) =>
  edi.heard().filter(({ type, subject }) => type === OrderCaptured.type && subject === idOf(po));

/** Posts one 850 and gives back what the partner is answered. */
async function send(body: readonly string[]): Promise<string> {
  control += 1;
  return (await edi.post(interchange({ control, sets: [[...body]] }))).text;
}
const withPurpose = (po: string, purpose: string): string[] =>
  orderBody(po).map((segment) => segment.replace('BEG*00', `BEG*${purpose}`));

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('an 850 that speaks of an order we have', () => {
  it.each(['05', '06', '07', '15'])('with purpose %s and the same content is the same order', async (purpose) => {
    const po = `SAME-${purpose}`;
    await send(orderBody(po));
    expect(await send(withPurpose(po, purpose))).toContain('AK9*A*1*1*1');
    await edi.until(DocumentDuplicated, 1, idOf(po));
    expect(captures(po)).toHaveLength(1);
  });

  it.each([
    ['04', 'change'],
    ['05', 'replace'],
    ['07', 'duplicate'],
  ])('with purpose %s and other content overwrites nothing: the stages get both', async (purpose, meaning) => {
    const po = `OTHER-${purpose}`;
    await send(orderBody(po));
    await send(withPurpose(po, purpose).map((segment) => segment.replace('*4*EA*', '*5*EA*')));
    const both = await edi.until(OrderCaptured, 2, idOf(po));
    expect(both.map(({ data }) => data.purpose)).toEqual(['original', meaning]);
  });
});

describe('an 850 for many stores', () => {
  it('is one order, whose lines say where their parts go', async () => {
    const body = [...orderBody('STORES').slice(0, 2), 'PO1*1*10*EA*1.00**VP*RH-1', 'SDQ*EA*92*0001*6*0002*4', 'CTT*1'];
    expect(await send(body)).toContain('AK9*A*1*1*1');
    const [captured] = await edi.until(OrderCaptured, 1, idOf('STORES'));
    expect(captured!.data.lines[0]!.schedules).toMatchObject([
      { quantity: { value: '6' }, shipTo: { identifiers: [{ scheme: 'BUYER', value: '0001' }] } },
      { quantity: { value: '4' }, shipTo: { identifiers: [{ scheme: 'BUYER', value: '0002' }] } },
    ]);
  });

  it('is refused, at the quantity, when the parts are not the whole', async () => {
    const body = [...orderBody('SHORT').slice(0, 2), 'PO1*1*10*EA*1.00**VP*RH-1', 'SDQ*EA*92*0001*6*0002*3', 'CTT*1'];
    const answer = await send(body);
    expect(answer).toContain('AK3*PO1*4**8');
    expect(answer).toContain('AK4*2*330*7*10');
    expect(answer).toContain('AK5*R*5');
    expect(captures('SHORT')).toHaveLength(0);
  });
});

describe('an 850 whose totals are wrong', () => {
  it('is refused for a wrong number of lines, and taken for a wrong sum', async () => {
    expect(await send(orderBody('COUNT').map((segment) => segment.replace('CTT*2', 'CTT*3')))).toContain('AK5*R*5');
    expect(captures('COUNT')).toHaveLength(0);
    expect(await send(orderBody('SUM').map((segment) => segment.replace('CTT*2', 'CTT*2*99')))).toContain('AK5*A');
    await edi.until(OrderCaptured, 1, idOf('SUM'));
  });
});
