import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TaskClosed, TaskOpened } from '@railhead/contracts';
import { interchange } from '../testing/interchanges.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';

let edi: As2UnderTest;
let control = 0;
beforeAll(async () => {
  edi = await as2UnderTest({ mdn: 'async', mdnWaitSeconds: 0.1, sendsMax: 1 });
  edi.partner.manners = ['never'];
});
afterAll(() => edi.stop());

const stateOf = async (): Promise<unknown> =>
  (await edi.rows('SELECT state FROM as2_sent ORDER BY planned_at DESC LIMIT 1'))[0]?.['state'];

/** Our 997 is at the partner's, who said nothing, so that it was given up. */
async function givenUp(): Promise<void> {
  control += 1;
  const packed = edi.partner.pack(Buffer.from(interchange({ po: `PO-LATE-${control}`, control })));
  await edi.post(`<late-${control}@acme>`, packed);
  await edi.until(TaskOpened, control);
}

describe('a receipt that is posted after we gave up', () => {
  it('proves what it proves, closes the task, and may come twice', async () => {
    await givenUp();
    expect(await stateOf()).toBe('failed');
    expect((await edi.partner.postReceipt()).body).toHaveLength(0);
    expect(await stateOf()).toBe('done');
    expect((await edi.until(TaskClosed))[0]!.data.outcome).toBe('delivered');
    await edi.partner.postReceipt();
    await edi.partner.postReceipt({ disposition: 'processed/error: authentication-failed' }); // it is done: nothing takes that back
    expect(await stateOf()).toBe('done');
    expect(edi.heard().filter(({ type }) => type.startsWith('task.'))).toHaveLength(2);
  });

  it('is not taken when it is about no message of ours, or signed by nobody we know', async () => {
    await givenUp();
    await expect(edi.partner.postReceipt({ originalMessageId: '<other@railhead>' })).rejects.toThrow('403');
    await expect(edi.partner.postReceipt({}, [['AS2-From', 'NOBODY']])).rejects.toThrow('403');
    expect(await stateOf()).toBe('failed');
  });

  it('that asks for a receipt itself gets none', async () => {
    const wish = [['Disposition-Notification-To', 'edi@acme.example']] as const;
    const before = edi.partner.receipts.length;
    expect((await edi.partner.postReceipt({}, wish)).body).toHaveLength(0);
    expect(await stateOf()).toBe('done');
    expect(edi.partner.receipts).toHaveLength(before);
  });
});
