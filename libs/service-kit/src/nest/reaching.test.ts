import { describe, expect, it } from '@jest/globals';
import { ScriptedBus } from '../testing/scripted-bus.js';
import { Reaching } from './reaching.js';

/** A bus that is away for its first calls. */
class AwayBus extends ScriptedBus {
  calls = 0;
  readonly made: string[] = [];

  constructor(private readonly awayFor: number) {
    super();
  }

  override async connect(): Promise<void> {
    this.calls += 1;
    if (this.calls <= this.awayFor) throw new Error('nobody answers');
  }

  override async ensureTopics(topics: readonly { name: string }[] = []): Promise<void> {
    this.made.push(...topics.map(({ name }) => name));
  }
}

const TOPICS = [{ name: 'orders', partitions: 1 }];
const log = { warn: () => {} };

describe('a bus that is to be reached', () => {
  it('is called until it answers, and only then are its topics made', async () => {
    const bus = new AwayBus(2);
    const reaching = new Reaching(bus, TOPICS, log, 1);
    await reaching.done;
    expect([bus.calls, bus.made]).toEqual([3, ['orders']]);
  });

  it('is waited for so long and no longer', async () => {
    expect(await new Reaching(new AwayBus(0), TOPICS, log, 1).within(1000)).toBe(true);
    const away = new Reaching(new AwayBus(Infinity), TOPICS, log, 5);
    expect(await away.within(20)).toBe(false);
    away.giveUp();
  });

  it('is not called any more by a service that ends', async () => {
    const bus = new AwayBus(Infinity);
    const reaching = new Reaching(bus, TOPICS, log, 5);
    expect(await reaching.within(10)).toBe(false);
    reaching.giveUp();
    await expect(reaching.done).rejects.toThrow();
    const calls = bus.calls;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(bus.calls).toBe(calls);
  });
});
