import { expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { openLog } from './log.js';
import { RepeatedLook } from './repeated-look.js';

class Looking extends RepeatedLook {
  looks = 0;
  atOnce = 0;
  atOnceMax = 0;
  readonly said: string[] = [];

  constructor(
    everyMs: number,
    private readonly doing: (nth: number) => Promise<unknown>,
  ) {
    const log = openLog('test', 'silent');
    super(everyMs, log, 'looked at again');
    log.warn = (_about: unknown, words?: string) => void this.said.push(words ?? '');
  }

  protected override async look(): Promise<void> {
    this.looks += 1;
    this.atOnce += 1;
    this.atOnceMax = Math.max(this.atOnceMax, this.atOnce);
    await this.doing(this.looks).finally(() => (this.atOnce -= 1));
  }
}

it('looks at once, and again until it is stopped', async () => {
  const looking = new Looking(5, () => Promise.resolve());
  await looking.start();
  expect(looking.looks).toBe(1);
  while (looking.looks < 3) await pause(5);
  await looking.stop();
  const { looks } = looking;
  await pause(30);
  expect(looking.looks).toBe(looks);
});

it('a look that takes long is alone, and those left out meanwhile are not made up for', async () => {
  const looking = new Looking(5, (nth) => pause(nth === 1 ? 200 : 0));
  await looking.start();
  await pause(100);
  expect(looking.looks).toBe(1);
  while (looking.looks < 2) await pause(1);
  expect(looking.looks).toBe(2);
  expect(looking.atOnceMax).toBe(1);
  await looking.stop();
});

it('a look that fails is said, and the next one follows', async () => {
  const looking = new Looking(5, (nth) => (nth === 1 ? Promise.reject(new Error('away')) : Promise.resolve()));
  await looking.start();
  while (looking.looks < 2) await pause(5);
  await looking.stop();
  expect(looking.said).toEqual(['looked at again']);
});

it('a stop waits for the look that runs, not for the pause', async () => {
  let isDone = false;
  const looking = new Looking(60_000, () => pause(50).then(() => (isDone = true)));
  await looking.start();
  await looking.stop();
  expect(isDone).toBe(true);
  expect(looking.looks).toBe(1);
});
