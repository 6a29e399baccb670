import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentRejected, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 0;
const next = (): number => (control += 1);
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const miscounted = (text: string): string => text.replace(/SE\*\d+\*/, 'SE*99*');
const captures = (po: string) =>
  edi.heard().filter(({ type, subject }) => type === OrderCaptured.type && subject === idOf(po));

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('bad input', () => {
  it.each([
    ['a wrong SE01', miscounted, 'AK5*R*4', 'SE01'],
    ['a bad date', (text: string) => text.replace('20260203~', '20261341~'), 'AK4*5*373*8*20261341', 'BEG05'],
    ['an unknown currency', (text: string) => text.replace('CUR*BY*USD', 'CUR*BY*XXZ'), 'AK5*R*5', 'CUR02'],
    ['lines that CTT does not count', (text: string) => text.replace('CTT*2', 'CTT*3'), 'AK5*R*5', 'CTT01'],
    ['a line without a price', (text: string) => text.replace('EA*3.75', 'EA*'), 'AK5*R*5', 'PO1[2]/PO104'],
  ])('%s is refused in the 997, kept, and its place is told', async (_what, spoil, code, at) => {
    const number = next();
    const answer = await edi.post(spoil(interchange({ po: `BAD-${number}`, control: number })));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(code);
    expect(answer.text).toContain('AK9*R*1*1*0');
    await edi.idle();
    const refusals = (await edi.until(DocumentRejected)).filter(
      ({ data }) => data.controlNumber === String(number).padStart(9, '0'),
    );
    expect(refusals.flatMap(({ data }) => data.issues.map((issue) => issue.at))).toContain(at);
    expect(captures(`BAD-${number}`)).toHaveLength(0);
  });

  it('in one set leaves the other sets alone', async () => {
    const bad = orderBody('HALF-BAD').map((segment) => segment.replace('20260203', '20269999'));
    const answer = await edi.post(interchange({ control: next(), sets: [orderBody('HALF-GOOD'), bad] }));
    expect(answer.text).toContain('AK9*P*2*2*1');
    await edi.until(OrderCaptured, 1, idOf('HALF-GOOD'));
    expect(captures('HALF-BAD')).toHaveLength(0);
  });

  it('mended, comes again under its number', async () => {
    const number = next();
    const good = interchange({ po: 'MENDED', control: number });
    expect((await edi.post(miscounted(good))).text).toContain('AK9*R');
    expect((await edi.post(good)).text).toContain('AK9*A');
    await edi.until(OrderCaptured, 1, idOf('MENDED'));
  });

  it('a control number that was used for something else is refused by a TA1', async () => {
    const number = next();
    await edi.post(interchange({ po: 'USED', control: number }));
    const answer = await edi.post(interchange({ po: 'REUSED', control: number }));
    expect(answer.text).toContain('*R*025');
    expect(captures('REUSED')).toHaveLength(0);
  });

  it('a control number comes again on another day for a partner who counts them anew', async () => {
    const bolt = (po: string, day: string, number: number) =>
      edi.post(interchange({ sender: 'BOLTTOOLS', po, control: number }).replace('*260203*1015*U', `*${day}*1015*U`));
    const number = next();
    expect((await bolt('DAY-1', '260203', number)).text).toContain('AK9*A');
    expect((await bolt('DAY-2', '260204', number)).text).toContain('AK9*A');
    expect((await bolt('DAY-2-AGAIN', '260204', number)).text).toContain('*R*025');
    expect(
      (await edi.post(interchange({ po: 'SAME-DAY', control: number }).replace('*260203*1015*U', '*260205*1015*U')))
        .text,
    ).toContain('AK9*A');
    expect(
      (await edi.post(interchange({ po: 'OTHER-DAY', control: number }).replace('*260203*1015*U', '*260206*1015*U')))
        .text,
    ).toContain('*R*025'); // acme does not
  });

  it('twice in one document: the second gets a TA1, whether it says the same or not', async () => {
    const number = next();
    const one = interchange({ po: 'PAIR-1', control: number });
    const same = await edi.post(`${one}${one}`);
    expect([same.text.match(/AK9\*A/g)?.length, same.text.match(/\*R\*025/g)?.length]).toEqual([1, 1]);
    const second = next();
    const pair = `${interchange({ po: 'PAIR-2', control: second })}${interchange({ po: 'PAIR-3', control: second })}`;
    expect((await edi.post(pair)).text).toMatch(/\*R\*025/);
    expect([captures('PAIR-1').length, captures('PAIR-3').length]).toEqual([1, 0]);
    expect(await edi.rows(`SELECT 1 FROM held_interchanges WHERE control_number = '${second}'`)).toHaveLength(1);
  });

  it('in the envelope of a group leaves nothing of the group', async () => {
    const text = interchange({ po: 'NO-GE', control: next() }).replace(/GE\*1\*\d+~\n/, '');
    expect((await edi.post(text)).text).toMatch(/AK9\*R\*\d\*1\*0\*3/);
    await edi.idle();
    expect(captures('NO-GE')).toHaveLength(0);
  });

  it('in the envelope of the interchange leaves nothing of it', async () => {
    const text = interchange({ po: 'BAD-IEA', control: next() }).replace(/IEA\*1\*\d+/, 'IEA*1*000099999');
    expect((await edi.post(text)).text).toContain('*R*001');
    await edi.idle();
    expect(captures('BAD-IEA')).toHaveLength(0);
  });

  it('is overlooked where we agreed to and the order is clear all the same, and else not', async () => {
    const bolt = (po: string, spoil: (segment: string) => string) =>
      edi.post(interchange({ sender: 'BOLTTOOLS', control: next(), sets: [orderBody(po).map(spoil)] }));
    const taken = await bolt('LENIENT', (segment) => segment.replace('CUR*BY', 'CUR*Q9Q9'));
    expect(taken.text).toContain('AK9*E*1*1*1');
    await edi.until(OrderCaptured, 1, orderIdOf({ buyerAccountId: 'BOLT', purchaseOrderNumber: 'LENIENT' }));
    const refusal = await bolt('GARBLED', (segment) => segment.replace('*10*EA*', '*TEN*EA*'));
    expect(refusal.text).toContain('AK9*R*1*1*0');
    const miscount = await edi.post(miscounted(interchange({ po: 'COUNTED', sender: 'BOLTTOOLS', control: next() })));
    expect(miscount.text).toContain('AK5*R*4');
    await edi.idle();
    for (const po of ['GARBLED', 'COUNTED'])
      expect(edi.heard().map(({ subject }) => subject)).not.toContain(
        orderIdOf({ buyerAccountId: 'BOLT', purchaseOrderNumber: po }),
      );
  });

  it('cut off in the middle is rejected as a whole', async () => {
    const text = interchange({ po: 'CUT', control: next() });
    const answer = await edi.post(text.slice(0, text.indexOf('GE*')));
    expect(answer.text).toMatch(/TA1\*\d+\*260203\*1015\*R\*023/);
    expect((await edi.post(text.slice(0, text.indexOf('GE*')))).text).toBe(answer.text);
    expect((await edi.post(text)).text).toContain('AK9*A'); // whole, it may come under the same number
    await edi.until(OrderCaptured, 1, idOf('CUT'));
  });

  it('of an unknown sender is a 422 that names it; the document is kept', async () => {
    const answer = await edi.post(interchange({ sender: 'NOBODY', control: 1 }));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('NOBODY');
    const [row] = await edi.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM documents WHERE partner = '' AND position('NOBODY'::bytea IN bytes) > 0`,
    );
    expect(row!.count).toBe(1);
  });

  it.each([
    ['nothing', ''],
    ['no X12', 'hello'],
    ['bytes', '\u0000\u0001ISA*'],
  ])('%s is a 400', async (_what, body) => {
    expect((await edi.post(body)).status).toBe(400);
  });

  it('addressed to somebody else is rejected', async () => {
    const answer = await edi.post(interchange({ po: 'ELSE', receiver: 'OTHER', control: next() }));
    expect(answer.text).toContain('*R*008');
    expect(captures('ELSE')).toHaveLength(0);
  });
});
