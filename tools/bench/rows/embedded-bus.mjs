// The bus kept in PostgreSQL: what a message costs against a Kafka client's own CPU, and how soon a reader wakes up.
import { setTimeout as pause } from 'node:timers/promises';
import { startContestant } from '../contestant.mjs';
import { Clients } from './bus/clients.mjs';
import { quantile } from '../frame/medians.mjs';
import { metered } from './measuring/metered.mjs';
import { opened } from './measuring/opened.mjs';
import { ownBroker, ownPostgres } from './measuring/own-servers.mjs';
import { Stages } from './stage/stages.mjs';

const BATCH = 100;
const MESSAGES = 20_000;
const WRITES = 150;
const SHORTER = 5;
const POLL_MS = 500; // a reader that nobody wakes looks by itself this often

export const row = {
  id: 'embedded-bus',
  title: 'the bus in PostgreSQL against the CPU of a Kafka client, and its wake-up',
  goals: [
    {
      id: 'P14a',
      what: 'CPU per message, PostgreSQL included: embedded bus / a client of Kafka alone',
      better: 'less',
      floor: 2,
      target: 1.2,
    },
    {
      id: 'P14b',
      what: 'wake-up of a reader in another process, p99',
      unit: 'ms',
      better: 'less',
      floor: 50,
      target: 10,
    },
  ],
  unit: 'messages',
  contestants: ['embedded', 'kafkajs', 'wake-up'],
  against: 'kafkajs',

  open: ({ say, short }) =>
    opened(async (later) => {
      const postgres = await ownPostgres(later);
      const stages = new Stages(postgres);
      later(() => stages.close());
      const clients = new Clients(await ownBroker(later));
      later(() => clients.close());
      const members = await startMembers(postgres, later);
      const count = MESSAGES / (short ? SHORTER : 1);
      await stages.start('embedded', 'rows/embedded-bus/embedded.mjs', { batch: BATCH });
      await clients.start('kafkajs', 'rows/bus/kafkajs.mjs', BATCH);
      await stages.warmUp('embedded', { count, batch: BATCH });
      await clients.warmUp('kafkajs', count / 4);
      say('  both buses run, warmed up');
      return (name) => {
        if (name === 'embedded') return stages.measure(name, { count, batch: BATCH });
        if (name === 'kafkajs') return clients.measure(name, count);
        return wakeUps(members, postgres, WRITES / (short ? SHORTER : 1));
      };
    }),

  judge: ({ embedded, kafkajs, 'wake-up': { otherP99 } }) => [
    { goal: 'P14a', value: embedded.cpuMicros / kafkajs.cpuMicros },
    { goal: 'P14b', value: otherP99 },
  ],

  notes: ({ 'wake-up': { otherP50, otherP99, sameP50, sameP99 } }) => [
    `from the beginning of a write to the handler: ${ms(sameP50)} (p99 ${ms(sameP99)}) in the same process, ${ms(otherP50)} (p99 ${ms(otherP99)}) in another`,
  ],
};

const ms = (value) => `${value.toFixed(1)} ms`;

async function startMembers(postgres, later) {
  const databaseUrl = await postgres.freshDatabase('bench_wake_up');
  const start = async (reads) => {
    const member = await startContestant('rows/embedded-bus/wake-up.mjs', { databaseUrl, reads });
    later(() => member.stop());
    return member;
  };
  return { writer: await start('same'), reader: await start('other') };
}

/** Waits in milliseconds: of the writer's own reader, and of one in another process. */
async function wakeUps({ writer, reader }, postgres, count) {
  await reader.ask('waits', { forget: true });
  return metered({ node: writer.pid, postgres: postgres.pid }, async () => {
    const { units } = await writer.ask('write', { count });
    await pause(2 * POLL_MS);
    const [same, other] = await Promise.all([writer, reader].map(async (member) => (await member.ask('waits')).waits));
    if (same.length !== count || other.length !== count)
      throw new Error(`${count} records were written; heard ${same.length} here and ${other.length} there`);
    return {
      units,
      sameP50: quantile(same, 0.5),
      sameP99: quantile(same, 0.99),
      otherP50: quantile(other, 0.5),
      otherP99: quantile(other, 0.99),
    };
  });
}
