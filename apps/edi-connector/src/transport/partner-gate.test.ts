import { beforeEach, describe, expect, it } from '@jest/globals';
import { Failure } from '@railhead/service-kit';
import { PartnerGate } from './partner-gate.js';

let nowMs: number;
let gate: PartnerGate;
beforeEach(() => {
  nowMs = 0;
  gate = new PartnerGate({ callsMax: 2, waitingMax: 1 }, () => nowMs);
});

/** A call that ends when it is told to. */
function slow(): { call: () => Promise<string>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<string>((resolve) => (end = () => resolve('done')));
  return { call: () => ended, end: () => end() };
}
const away = () => Promise.reject(Failure.transient('PARTNER_UNAVAILABLE', 'no answer'));

describe('towards one partner', () => {
  it('two calls run, one waits its turn, and more are put off', async () => {
    const [first, second, third] = [slow(), slow(), slow()];
    const running = [first, second, third].map(({ call }) => gate.through('acme', call));
    await expect(gate.through('acme', slow().call)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(gate.through('bolt', async () => 'others go on')).resolves.toBe('others go on');
    for (const one of [first, second, third]) one.end();
    expect(await Promise.all(running)).toEqual(['done', 'done', 'done']);
    await expect(gate.through('acme', async () => 'free again')).resolves.toBe('free again');
  });

  it('nothing is tried for a while after it did not answer, longer each time, until it answers', async () => {
    const isLeftInPeace = async (): Promise<boolean> => {
      let isCalled = false;
      await gate.through('acme', async () => void (isCalled = true)).catch(() => undefined);
      return !isCalled;
    };
    await expect(gate.through('acme', away)).rejects.toMatchObject({ message: 'no answer' });
    nowMs = 999;
    expect(await isLeftInPeace()).toBe(true);
    nowMs = 1_000;
    await expect(gate.through('acme', away)).rejects.toMatchObject({ message: 'no answer' });
    nowMs = 2_999;
    expect(await isLeftInPeace()).toBe(true);
    nowMs = 3_000;
    expect(await isLeftInPeace()).toBe(false);
  });

  it('a lost answer closes as well: what waited its turn is put off at once, and does not wait for the next one to hang', async () => {
    let cut = (): void => undefined;
    const hangs = () =>
      new Promise<never>((_, reject) => {
        cut = () => reject(Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'no answer'));
      });
    const running = [hangs, hangs].map((call) => gate.through('acme', call));
    const waiting = gate.through('acme', hangs);
    await new Promise(setImmediate); // until they are under way
    cut();
    await expect(running[1]).rejects.toMatchObject({ code: 'PARTNER_OUTCOME_UNKNOWN' });
    await expect(waiting).rejects.toMatchObject({ code: 'PARTNER_UNAVAILABLE' });
    await expect(gate.through('bolt', async () => 'others go on')).resolves.toBe('others go on');
  });

  it('a refusal of one document closes nothing', async () => {
    const refused = () => Promise.reject(Failure.permanent('PARTNER_REJECTED', 'not this one'));
    await expect(gate.through('acme', refused)).rejects.toMatchObject({ code: 'PARTNER_REJECTED' });
    await expect(gate.through('acme', async () => 'the next')).resolves.toBe('the next');
  });
});
