import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure } from '@railhead/service-kit';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { As2Answer } from './as2-answer.js';
import { As2Intake } from './as2-intake.js';
import type { As2Receiver } from './as2-receiver.js';
import { OurKeys } from './our-keys.js';

const MIB = 1024 * 1024;
const ANSWER: As2Answer = { status: 200, headers: [], body: Buffer.alloc(0) };

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'railhead-as2-intake-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** An intake whose messages are opened when the test says so. */
function intake() {
  const opened: number[] = [];
  const waiting: (() => void)[] = [];
  let atOnce = 0;
  let atOnceMax = 0;
  const receiver = {
    take: async (_headers: unknown, body: Buffer): Promise<As2Answer> => {
      opened.push(body.length);
      atOnce += 1;
      atOnceMax = Math.max(atOnceMax, atOnce);
      await new Promise<void>((resolve) => void waiting.push(resolve));
      atOnce -= 1;
      return ANSWER;
    },
  };
  const settings = {
    keys: OurKeys.none,
    url: undefined,
    port: undefined,
    bytesMax: 8 * MIB,
    largeBytes: 4 * MIB,
    home,
  };
  const taking = new As2Intake(receiver as unknown as As2Receiver, settings);
  return {
    ...{ opened, atOnceMax: () => atOnceMax },
    take: (bytes: AsyncIterable<Buffer>) => taking.take(new Map(), bytes),
    /** Lets everything through, as it comes. */
    release: async <T>(done: Promise<T>): Promise<T> => {
      const timer = setInterval(() => waiting.splice(0).forEach((go) => go()), 5);
      return done.finally(() => clearInterval(timer));
    },
    opensSoon: async (count: number) => {
      for (let n = 0; n < 200 && opened.length < count; n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

async function* bytes(size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0; left -= MIB / 2) yield Buffer.alloc(Math.min(left, MIB / 2), 65);
}

describe('AS2 messages that come in', () => {
  it('are opened one after the other when they are large, small ones between them', async () => {
    const { take, opened, atOnceMax, opensSoon, release } = intake();
    const large = [take(bytes(6 * MIB)), take(bytes(7 * MIB)), take(bytes(8 * MIB))];
    await opensSoon(1);
    const small = take(bytes(MIB));
    await opensSoon(2);
    expect([...opened].sort()).toEqual([MIB, expect.any(Number)]);
    await release(Promise.all([...large, small]));
    expect(atOnceMax()).toBe(2);
    expect(opened.toSorted((one, other) => one - other)).toEqual([MIB, 6 * MIB, 7 * MIB, 8 * MIB]);
    expect(await readdir(join(home, 'receiving'))).toEqual([]);
  });

  it('are as they were sent, also from the disk', async () => {
    let came: Buffer = Buffer.alloc(0);
    const settings = { keys: OurKeys.none, url: undefined, port: undefined, bytesMax: 8 * MIB, largeBytes: 1, home };
    const receiver = {
      take: async (_headers: unknown, body: Buffer) => {
        came = body;
        return ANSWER;
      },
    };
    const sent = Buffer.from(Array.from({ length: 3 * MIB }, (_, n) => n % 251));
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let at = 0; at < sent.length; at += 777_777) yield sent.subarray(at, at + 777_777);
    }
    await new As2Intake(receiver as unknown as As2Receiver, settings).take(new Map(), pieces());
    expect(came.equals(sent)).toBe(true);
  });

  it('are taken up to the limit, and one byte more is refused while it comes', async () => {
    const { take, release } = intake();
    expect(await release(take(bytes(8 * MIB)))).toBe(ANSWER);
    await expect(take(bytes(8 * MIB + 1))).rejects.toMatchObject({ status: 413 });
  });

  it('are asked to come again when too many large ones are under way, and taken when they do', async () => {
    const { take, release } = intake();
    const some = Array.from({ length: 21 }, () => take(bytes(2 * MIB)));
    await expect(Promise.race(some)).rejects.toBeInstanceOf(Failure);
    const ends = await release(Promise.allSettled([...some, take(bytes(MIB))]));
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await release(take(bytes(2 * MIB)))).toBe(ANSWER);
  });

  it('leave nothing when they break off', async () => {
    const { take } = intake();
    async function* cut(): AsyncGenerator<Buffer> {
      yield* bytes(2 * MIB);
      throw new Error('cut');
    }
    await expect(take(cut())).rejects.toThrow('cut');
    expect(await readdir(join(home, 'receiving'))).toEqual([]);
  });
});
