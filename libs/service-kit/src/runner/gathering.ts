import { setTimeout as pause } from 'node:timers/promises';

/** After a small group: more is on its way, and every transaction has its price. What comes after a rest never waits. */
const LINGER_MS = 20;

interface Waiting<T> {
  readonly item: T;
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets what arrives while a group is being worked on gather for the next one. One group at a time: partitions whose
 * messages meet on the same rows would only wait for each other, and one commit is cheaper than four.
 */
export class Gathering<T> {
  private waiting: Waiting<T>[] = [];
  private isWorking = false;

  /**
   * @param work - Works on a group; says for each item, in order, how it went.
   * @param sizeMax - No group is larger, unless a single item is.
   */
  constructor(
    private readonly work: (items: readonly T[]) => Promise<readonly PromiseSettledResult<void>[]>,
    private readonly sizeMax: number,
  ) {}

  add(item: T, size: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, size, resolve, reject });
      if (!this.isWorking) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isWorking = true;
    while (this.waiting.length > 0) {
      const group = this.next();
      const isSmall = group.reduce((sum, { size }) => sum + size, 0) < this.sizeMax / 2;
      try {
        const results = await this.work(group.map(({ item }) => item));
        for (const [index, one] of group.entries()) settle(one, results[index]!);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
      if (isSmall) await pause(LINGER_MS);
    }
    this.isWorking = false;
  }

  /** The oldest item, and those behind it as long as there is room. */
  private next(): Waiting<T>[] {
    let size = 0;
    const end = this.waiting.findIndex((one, index) => (size += one.size) > this.sizeMax && index > 0);
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }
}

function settle<T>(one: Waiting<T>, result: PromiseSettledResult<void>): void {
  if (result.status === 'fulfilled') one.resolve();
  else one.reject(result.reason);
}
