import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../runtime/failure.js';
import { Probe, until } from '../testing/probe.js';

let probe: Probe;
beforeEach(async () => {
  probe = await Probe.start();
});
afterEach(() => probe.stop());

const refuse = (reason: string) => (what: string) => {
  if (what === reason) throw Failure.permanent('CONTRACT_VIOLATION', 'never');
};
/** Whether somebody stands before a lock of somebody else. */
const otherWaits = async (): Promise<boolean> =>
  (
    await probe.rows(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name LIKE 'railhead-probe%'`,
    )
  ).length > 0;
const published = (topic: string) => probe.bus.published.filter((record) => record.topic === topic);

describe('a batch', () => {
  it('is one transaction: inbox, state and outbox, and then everything is published', async () => {
    const keys = [randomUUID(), randomUUID(), randomUUID()];
    await probe.bus.deliver(keys.map((key) => probe.wish(key, 'plain')));
    expect(await probe.effects()).toEqual(['plain', 'plain', 'plain']);
    expect(
      await probe.rows(
        'SELECT DISTINCT xmin::text AS t FROM inbox UNION SELECT xmin::text FROM effects UNION SELECT xmin::text FROM stream_head',
      ),
    ).toHaveLength(1);
    await until(() => published('orders').length === 3);
    expect(published('orders')[0]?.headers).toMatchObject({
      ce_source: 'probe',
      rh_seq: '1',
      ce_type: 'order.rejected.v1',
    });
    await until(async () => (await probe.rows('SELECT 1 FROM outbox')).length === 0);
  });

  it('has one effect per message when it comes again, whole, in part, and with repeats inside', async () => {
    const [first, second] = [probe.wish(randomUUID(), 'one'), probe.wish(randomUUID(), 'two')];
    await probe.bus.deliver([first, first]);
    await probe.bus.deliver([first, second, second]);
    await probe.bus.deliver([first, second]);
    expect(await probe.effects()).toEqual(['one', 'two']);
    await until(() => published('orders').length === 2);
  });

  it.each(['not begun', 'begun'])(
    'has one effect per message when it comes to two instances at once, of streams %s',
    async (state) => {
      const other = await probe.another();
      const keys = Array.from({ length: 20 }, () => randomUUID());
      if (state === 'begun') await probe.bus.deliver(keys.map((key) => probe.wish(key, 'w')));
      const wishes = keys.map((key, n) => probe.wish(key, `w${n}`));
      let met = false;
      probe.script.run = async (what) => {
        if (what !== 'w0' || met) return;
        await until(otherWaits, 'the other instance to come to the same messages');
        met = true;
      };
      // Who comes second is refused for the moment, and a bus brings it again.
      const refused: string[] = [];
      const insist = async (deliver: () => Promise<void>): Promise<void> => {
        await deliver().catch((error: Error) => {
          refused.push(error.message);
          return deliver();
        });
      };
      await Promise.all([
        insist(() => probe.bus.deliver(wishes)),
        insist(() => other.deliver([...wishes].reverse())),
        insist(() => probe.bus.deliver(wishes)),
      ]);
      expect(new Set(refused)).toEqual(new Set(state === 'begun' ? [] : ['another process began the same stream']));
      expect((await probe.effects()).filter((what) => what !== 'w').sort()).toEqual(
        wishes.map((_, n) => `w${n}`).sort(),
      );
      await until(async () => (await probe.rows('SELECT 1 FROM outbox')).length === 0);
      expect([...published('orders'), ...other.published].map(({ key }) => key).sort()).toEqual(
        (state === 'begun' ? [...keys, ...keys] : keys).toSorted(),
      );
    },
  );

  it('handles several messages of one key in their order', async () => {
    const key = randomUUID();
    await probe.bus.deliver([
      probe.wish(key, 'a'),
      probe.wish(randomUUID(), 'x'),
      probe.wish(key, 'b'),
      probe.wish(key, 'c'),
    ]);
    expect(await probe.effects(key)).toEqual(['a', 'b', 'c']);
  });

  it('leaves messages nobody here handles alone', async () => {
    const record = probe.wish(randomUUID(), 'x');
    await probe.bus.deliver([{ ...record, headers: { ...record.headers, ce_type: 'order.fulfilled.v1' } }]);
    expect(await probe.rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('stops at the next message once its partition belongs to somebody else, and does not call the rest handled', async () => {
    probe.script.run = refuse('bad');
    const wishes = [probe.wish(randomUUID(), 'good'), probe.wish(randomUUID(), 'bad')];
    await expect(probe.bus.deliver(wishes, () => true)).rejects.toThrow('somebody else');
    expect(await probe.effects()).toEqual([]);
    expect(await probe.parked()).toEqual([]);
  });
});

describe('a message that cannot be handled', () => {
  it('because it says nothing of itself is set aside as it came, and the others flow', async () => {
    const [strange, well] = [randomUUID(), randomUUID()];
    const record = { ...probe.wish(strange, 'x'), headers: {} };
    await probe.bus.deliver([probe.wish(well, '1'), record, probe.wish(well, '2')]);
    expect(await probe.effects(well)).toEqual(['1', '2']);
    expect((await probe.parked(strange)).map((one) => [one.state, one.reason])).toEqual([
      ['dead', 'CONTRACT_VIOLATION'],
    ]);
  });

  it('is set aside alone, undone, and its key queues up behind it while the others flow', async () => {
    const [sick, well] = [randomUUID(), randomUUID()];
    probe.script.run = refuse('bad');
    const bad = probe.wish(sick, 'bad');
    await probe.bus.deliver([probe.wish(well, '1'), bad, probe.wish(sick, 'after'), probe.wish(well, '2')]);
    await probe.bus.deliver([probe.wish(sick, 'later'), probe.wish(well, '3')]);
    expect(await probe.effects(well)).toEqual(['1', '2', '3']);
    expect(await probe.effects(sick)).toEqual([]);
    expect((await probe.parked(sick)).map((one) => [one.state, one.attempts, one.reason])).toEqual([
      ['dead', 1, 'CONTRACT_VIOLATION'],
      ['waiting', 0, 'BEHIND_PARKED'],
      ['waiting', 0, 'BEHIND_PARKED'],
    ]);
    await until(() => published('orders.dlq').length === 1);
    const [letter] = published('orders.dlq');
    expect(letter?.value?.equals(bad.value!)).toBe(true);
    expect(letter?.headers).toMatchObject({
      ...bad.headers,
      rh_dlq_consumer: 'probe',
      rh_dlq_reason: 'CONTRACT_VIOLATION',
      rh_dlq_error: 'never',
    });
  });

  it('costs the others a dozen transactions, not one for each of them', async () => {
    const keys = Array.from({ length: 128 }, () => randomUUID());
    probe.script.run = refuse('bad');
    await probe.bus.deliver(keys.map((key, place) => probe.wish(key, place === 77 ? 'bad' : 'good')));
    const rows = await probe.rows<{ count: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS count FROM effects WHERE key = ANY($1)',
      [keys],
    );
    expect(rows[0]!.count).toBeLessThanOrEqual(7);
    const done = await probe.rows('SELECT 1 FROM effects WHERE key = ANY($1)', [keys]);
    expect(done).toHaveLength(127);
    expect(await probe.parked(keys[77])).toMatchObject([{ state: 'dead' }]);
  });

  it('goes on in order after a person replays it', async () => {
    const key = randomUUID();
    probe.script.run = refuse('bad');
    await probe.bus.deliver([probe.wish(key, 'bad'), probe.wish(key, 'b'), probe.wish(key, 'c')]);
    probe.script.run = () => {};
    const [head] = await probe.parked(key);
    expect(await decide(head!.parkedId, 'replay')).toEqual({ done: true });
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['half bad', 'bad', 'b', 'c']);
    await probe.bus.deliver([probe.wish(key, 'd')]);
    expect(await probe.effects(key)).toEqual(['half bad', 'bad', 'b', 'c', 'd']);
  });

  it('gives way to what is behind it after a person discards it, who is written down', async () => {
    const key = randomUUID();
    probe.script.run = refuse('bad');
    await probe.bus.deliver([probe.wish(key, 'bad'), probe.wish(key, 'b')]);
    const [head] = await probe.parked(key);
    expect(await decide(head!.parkedId, 'discard')).toEqual({ done: true });
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['b']);
    expect(await probe.rows('SELECT action, actor, reason FROM parked_decisions')).toEqual([
      { action: 'discard', actor: 'olga', reason: 'known fault' },
    ]);
  });

  it('is decided by one of two people who decide at once', async () => {
    const key = randomUUID();
    probe.script.run = refuse('bad');
    await probe.bus.deliver([probe.wish(key, 'bad')]);
    const [head] = await probe.parked(key);
    const answers = await Promise.all(
      ['replay', 'discard', 'replay', 'discard'].map((action) => decide(head!.parkedId, action)),
    );
    expect(answers.filter((answer) => answer.done)).toHaveLength(1);
    expect(await probe.rows('SELECT 1 FROM parked_decisions')).toHaveLength(1);
  });

  it('is dead at once when its bytes are no event, and keeps them', async () => {
    const key = randomUUID();
    const record = { ...probe.wish(key, 'x'), value: Buffer.from('no avro at all') };
    await probe.bus.deliver([record, probe.wish(randomUUID(), 'fine')]);
    expect(await probe.parked(key)).toMatchObject([{ state: 'dead', reason: 'CONTRACT_VIOLATION' }]);
    await until(() => published('orders.dlq').length === 1);
    expect(published('orders.dlq')[0]?.value?.toString()).toBe('no avro at all');
    expect(await probe.effects()).toEqual(['fine']);
  });

  it('is set aside once, however often it comes, when it has no place in a stream', async () => {
    const key = randomUUID();
    const { rh_seq: _, ...headers } = probe.wish(key, 'x').headers;
    await probe.bus.deliver([{ ...probe.wish(key, 'x'), headers }]);
    expect(await probe.parked(key)).toMatchObject([{ state: 'dead', reason: 'CONTRACT_VIOLATION' }]);
  });
});

describe('a message that fails for now', () => {
  it('is tried again, counts its attempts, and is handled when the world is well', async () => {
    const key = randomUUID();
    let fails = 2;
    probe.script.run = (what) => {
      if (what === 'shaky' && fails-- > 0) throw new Error('not now');
    };
    await probe.bus.deliver([probe.wish(key, 'shaky'), probe.wish(key, 'next')]);
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['shaky', 'next']);
  });

  it('is dead after its last attempt', async () => {
    await probe.stop();
    probe = await Probe.start({ HANDLER_ATTEMPTS_MAX: '2' });
    const key = randomUUID();
    probe.script.run = (what) => {
      if (what === 'shaky') throw new Error('not now');
    };
    await probe.bus.deliver([probe.wish(key, 'shaky')]);
    await until(async () => (await probe.parked(key))[0]?.state === 'dead');
    expect(await probe.parked(key)).toMatchObject([{ attempts: 2, reason: 'UNEXPECTED', lastError: 'not now' }]);
    await until(() => published('orders.dlq').length === 1);
  });
});

describe('what the database refuses at the end of the transaction only', () => {
  it('is tried again and dead after its last attempt, like any other, and holds nobody up', async () => {
    await probe.stop();
    probe = await Probe.start({ HANDLER_ATTEMPTS_MAX: '3' });
    await probe.rows(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of balance'; END $$`);
    await probe.rows(`
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON effects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.what = 'unbalanced') EXECUTE FUNCTION refuse()`);
    const [strange, waiting] = [randomUUID(), randomUUID()];
    probe.script.run = (what) => (what === 'needs' ? 'await' : undefined);
    await probe.bus.deliver([probe.wish(strange, 'unbalanced'), probe.wish(waiting, 'needs')]);
    await probe.bus.deliver([probe.fact(waiting)]);
    await until(async () => (await probe.parked(strange))[0]?.state === 'dead', 'the message to be dead');
    expect(await probe.parked(strange)).toMatchObject([
      { attempts: 3, reason: 'UNEXPECTED', lastError: 'out of balance' },
    ]);
    await until(async () => (await probe.effects(waiting)).length === 1);
    expect(await probe.effects()).toEqual(['needs']);
    await until(() => published('orders.dlq').length === 1);
  });
});

describe('a message that awaits a fact', () => {
  beforeEach(() => {
    probe.script.run = (what) => (what === 'needs' ? 'await' : undefined);
  });

  it('is taken up when the fact comes, with what queued behind it', async () => {
    const key = randomUUID();
    await probe.bus.deliver([probe.wish(key, 'needs'), probe.wish(key, 'next'), probe.wish(randomUUID(), 'other')]);
    expect((await probe.parked(key)).map((one) => [one.state, one.reason])).toEqual([
      ['awaiting', 'AWAITS_FACT'],
      ['waiting', 'BEHIND_PARKED'],
    ]);
    expect(await probe.effects()).toEqual(['other']);
    await probe.bus.deliver([probe.fact(key)]);
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['needs', 'next']);
  });

  it('does not hold up the very fact it waits for, when that failed once', async () => {
    const key = randomUUID();
    let fails = 1;
    probe.script.run = (what) => {
      if (what === 'fact' && fails-- > 0) throw new Error('not now');
      return what === 'needs' ? 'await' : undefined;
    };
    await probe.bus.deliver([probe.wish(key, 'needs')]);
    await probe.bus.deliver([probe.fact(key)]);
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['needs']);
  });

  it('is dead when the fact never came, and is announced as such', async () => {
    await probe.stop();
    probe = await Probe.start({ AWAIT_LIMIT_MS: '1000' });
    probe.script.run = () => 'await';
    const key = randomUUID();
    await probe.bus.deliver([probe.wish(key, 'needs')]);
    await until(async () => (await probe.parked(key))[0]?.state === 'dead');
    expect(await probe.parked(key)).toMatchObject([
      { attempts: 0, reason: 'FACT_NEVER_CAME', lastError: 'task.escalated.v1 did not arrive in time' },
    ]);
    await until(() => published('orders.dlq')[0]?.headers['rh_dlq_reason'] === 'FACT_NEVER_CAME');
  });

  it('waits as long as the database says, however wrong the clock of this process is', async () => {
    const key = randomUUID();
    const now = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 2 * 3_600_000);
    await probe.bus.deliver([probe.wish(key, 'needs')]);
    await pause(1_000);
    clock.mockRestore();
    expect(await probe.parked(key)).toMatchObject([{ state: 'awaiting' }]);
    await probe.bus.deliver([probe.fact(key)]);
    await until(async () => (await probe.parked(key)).length === 0);
  });

  it('waits from when it first looked for the fact: not from when it queued up, and anew after a person replayed it', async () => {
    await probe.stop();
    probe = await Probe.start({ AWAIT_LIMIT_MS: '1500' });
    probe.script.run = (what) => (what === 'needs' ? 'await' : refuse('bad')(what));
    const key = randomUUID();
    await probe.bus.deliver([probe.wish(key, 'bad'), probe.wish(key, 'needs')]);
    await pause(1_700);
    const [bad] = await probe.parked(key);
    await decide(bad!.parkedId, 'discard');
    await until(async () => (await probe.parked(key))[0]?.state === 'awaiting', 'it to wait for its fact');
    await until(async () => (await probe.parked(key))[0]?.state === 'dead', 'it to give up in the end');
    const [overdue] = await probe.parked(key);
    await decide(overdue!.parkedId, 'replay');
    await until(async () => (await probe.parked(key))[0]?.state === 'awaiting', 'it to wait anew');
    await probe.bus.deliver([probe.fact(key)]);
    await until(async () => (await probe.parked(key)).length === 0);
    expect(await probe.effects(key)).toEqual(['needs']);
  });
});

describe('trouble of our own', () => {
  it('costs no attempts: the database goes away in the middle of a batch, and all of it is handled after', async () => {
    const wishes = Array.from({ length: 5 }, (_, n) => probe.wish(randomUUID(), `w${n}`));
    let broken = false;
    probe.script.run = async (what) => {
      if (what !== 'w3' || broken) return;
      broken = true;
      await probe.breakConnections();
    };
    await expect(probe.bus.deliver(wishes)).rejects.toThrow();
    expect(await probe.parked()).toEqual([]);
    expect(await probe.effects()).toEqual([]);
    await probe.bus.deliver(wishes);
    expect(await probe.effects()).toEqual(['w0', 'w1', 'w2', 'w3', 'w4']);
    await until(() => published('orders').length === 5);
  });

  it('pauses when most messages fail, floods nothing, and goes on by itself', async () => {
    let broken = true;
    probe.script.run = () => {
      if (broken) throw new Error('the release is bad');
    };
    const wishes = Array.from({ length: 60 }, (_, n) => probe.wish(randomUUID(), `w${n}`));
    for (let again = 0; again < 6; again++) await expect(probe.bus.deliver(wishes)).rejects.toThrow('paused');
    expect((await probe.parked()).length).toBeLessThanOrEqual(11);
    broken = false;
    await probe.bus.deliver(wishes);
    await until(async () => (await probe.parked()).length === 0);
    expect(new Set(await probe.effects()).size).toBe(60);
    expect(await probe.effects()).toHaveLength(60);
  });

  it('does not take many bad messages at the head of a quiet partition for trouble of its own: what is behind them goes on', async () => {
    probe.script.run = refuse('bad');
    const bad = Array.from({ length: 15 }, () => probe.wish(randomUUID(), 'bad'));
    const follower = probe.wish(bad[14]!.key, 'behind its own');
    const batch = [...bad, follower, probe.wish(randomUUID(), 'good')];
    for (let again = 0; again < 5; again++) await probe.bus.deliver(batch).catch(() => undefined);
    expect(await probe.effects()).toEqual(['good']);
    expect((await probe.parked()).map(({ state }) => state).sort()).toEqual([
      ...Array.from({ length: 15 }, () => 'dead'),
      'waiting',
    ]);
  });

  it('lets a running batch finish before it stops, and handles the rest after a restart', async () => {
    probe.script.run = () => pause(150);
    const running = probe.bus.deliver([probe.wish(randomUUID(), 'slow')]);
    await running;
    await probe.service.stop();
    await probe.open();
    await probe.bus.deliver([probe.wish(randomUUID(), 'after')]);
    expect(await probe.effects()).toEqual(['slow', 'after']);
  });
});

describe('what takes longer than the database allows', () => {
  /** From now on the database ends every statement that writes `slow`, as it does when its time is over. */
  async function endSlowOnes(): Promise<void> {
    await probe.rows(`
      CREATE FUNCTION end_me() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NEW; END $$`);
    await probe.rows(`
      CREATE TRIGGER slow BEFORE INSERT ON effects FOR EACH ROW WHEN (NEW.what LIKE 'slow%') EXECUTE FUNCTION end_me()`);
  }

  it('is halved until the message stands alone, and that one is tried again by itself', async () => {
    await endSlowOnes();
    const [slow, well] = [randomUUID(), randomUUID()];
    await probe.bus.deliver([probe.wish(well, '1'), probe.wish(slow, 'slow'), probe.wish(well, '2')]);
    expect(await probe.effects()).toEqual(['1', '2']);
    expect(await probe.parked()).toMatchObject([{ state: 'retry', reason: 'RETRY' }]);
    await probe.rows('DROP TRIGGER slow ON effects');
    await until(async () => (await probe.parked()).length === 0);
    expect(await probe.effects()).toEqual(['1', '2', 'slow']);
  });

  it('does not hold up the others that were set aside, and is dead in the end', async () => {
    await probe.stop();
    probe = await Probe.start({ HANDLER_ATTEMPTS_MAX: '1' });
    await endSlowOnes();
    const [slow, waiting] = [randomUUID(), randomUUID()];
    probe.script.run = (what) => (what === 'needs' ? 'await' : undefined);
    await probe.bus.deliver([probe.wish(waiting, 'needs'), probe.wish(slow, 'slow')]);
    await probe.bus.deliver([probe.fact(waiting)]);
    await until(async () => (await probe.effects(waiting)).length === 1);
    await until(async () => (await probe.parked(slow))[0]?.state === 'dead');
    expect(await probe.parked(slow)).toMatchObject([{ attempts: 3 }]); // a try costs more patience than one that fails at once
  });

  it('does not cost good messages their attempts, when the database is slow for all', async () => {
    await endSlowOnes();
    const wishes = Array.from({ length: 60 }, (_, n) => probe.wish(randomUUID(), `slow ${n}`));
    for (let again = 0; again < 2; again++) await expect(probe.bus.deliver(wishes)).rejects.toThrow('paused');
    expect((await probe.parked()).length).toBeLessThanOrEqual(11);
    await probe.rows('DROP TRIGGER slow ON effects');
    await probe.bus.deliver(wishes);
    await until(async () => (await probe.parked()).length === 0);
    expect(new Set(await probe.effects()).size).toBe(60);
    expect(await probe.effects()).toHaveLength(60);
    expect(published('orders.dlq')).toEqual([]);
  });
});

async function decide(id: string, action: string): Promise<{ done: boolean }> {
  const response = await probe.service.app.inject({
    method: 'POST',
    url: `/ops/probe/parked/${id}`,
    headers: { authorization: 'Bearer internal-token-of-tests' },
    payload: { action, actor: 'olga', reason: 'known fault' },
  });
  expect(response.statusCode).toBe(201);
  return response.json();
}
