import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderChangeRequested } from '@railhead/contracts';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { PartnerMessages } from '../testing/partner-messages.js';

let edi: EdiUnderTest;
let messages: PartnerMessages;

beforeAll(async () => {
  edi = await ediUnderTest();
  messages = new PartnerMessages(edi);
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('an 860 that asks for more than a change can bring about', () => {
  const held = (po: string) =>
    edi.rows<{ messageId: string; reason: string }>(
      `SELECT message_id AS "messageId", reason FROM messages WHERE reference = $1 AND state = 'held'`,
      [po],
    );
  const send = (po: string, ...segments: string[]) => {
    const sets = [[`BCH*04*SA*${po}**1*20260203`, ...segments, 'CTT*1']];
    return edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
  };
  const release = async (messageId: string) => {
    const body = '{"action":"release","actor":"carla"}';
    return edi.post(body, { 'content-type': 'application/json' }, `/ops/edi-connector/messages/${messageId}`);
  };
  const CHANGE = 'POC*10*PQ*8*8*EA***VP*RH-1001';

  it('waits for a person when it names another place, who may say that the rest is made', async () => {
    const orderId = await messages.ordered('ELSEWHERE');
    await send('ELSEWHERE', 'N1*ST*Acme DC 9*92*0009', CHANGE);
    const [waiting] = await held('ELSEWHERE');
    expect(waiting!.reason).toBe('beside its changes it names another place to ship to, Acme DC 9 0009');
    await release(waiting!.messageId);
    const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
    expect(wish!.data.changes).toMatchObject([{ lineId: '1', quantity: '8' }]);
    expect(await held('ELSEWHERE')).toEqual([]);
  });

  it.each([
    ['the same number under another name', 'N1*ST*Acme*92*0007'],
    ['the same name and street without a number', 'N1*ST*acme dc 7'],
  ])('is a change like any other when it names the same place: %s', async (what, place) => {
    const po = `SAME-${what.length}`;
    const orderId = await messages.ordered(po);
    await send(po, place, CHANGE);
    await edi.until(OrderChangeRequested, 1, orderId);
    expect(await held(po)).toEqual([]);
  });

  it('waits for a person when a new line is for several places', async () => {
    await messages.ordered('SPLIT');
    await send('SPLIT', 'POC*30*AI*4*4*EA*9**VP*RH-9', 'SDQ*EA*92*0001*2*0002*2');
    expect(await held('SPLIT')).toMatchObject([{ reason: 'line 30 would be new, for places of its own' }]);
  });

  it('waits for a person when it asks for nothing else, and nobody can release that', async () => {
    const orderId = await messages.ordered('TERMS');
    const sets = [['BCH*04*SA*TERMS**1*20260203', 'ITD*01*3*****60', 'DTM*001*20260301']];
    await edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
    const [waiting] = await held('TERMS');
    expect(waiting!.reason).toBe('it asks only for what no change can bring about: ITD, DTM 001');
    await release(waiting!.messageId);
    await edi.idle();
    expect(await held('TERMS')).toHaveLength(1);
    expect(
      edi.heard().filter(({ subject, type }) => subject === orderId && type === OrderChangeRequested.type),
    ).toEqual([]);
  });

  it('does not keep its order out when it came before it', async () => {
    await send('EARLIER', 'N1*ST*Acme DC 9*92*0009', CHANGE);
    await messages.ordered('EARLIER');
    await edi.idle();
    expect(await held('EARLIER')).toMatchObject([{ reason: expect.stringContaining('another place') }]);
  });
});
