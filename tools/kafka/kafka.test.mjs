import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { resolveKafka } from './for-tests.mjs';
import { isAlive } from './lock.mjs';
import { freePorts } from './ports.mjs';
import { run } from './run.mjs';
import { startKafka } from './start-kafka.mjs';

const shared = await resolveKafka();
const onKafka = shared ? describe : describe.skip;
const onJars = shared?.from === 'jars' ? describe : describe.skip;
const here = import.meta.dirname;

const connect = (brokers) => new kafkajs.Kafka({ clientId: 'test', brokers, logLevel: kafkajs.logLevel.NOTHING });

async function readAll(kafka, topic, groupId, count) {
  const consumer = kafka.consumer({ groupId, sessionTimeout: 6000, rebalanceTimeout: 3000 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values = [];
  await new Promise((done) => {
    void consumer.run({
      eachMessage: async ({ message }) => {
        values.push(message.value.toString());
        if (values.length === count) done();
      },
    });
  });
  await consumer.disconnect();
  return values;
}

onKafka('the Kafka of a test run', () => {
  const kafka = connect(shared?.brokers);
  const topic = `${shared?.prefix}orders`;
  const groupId = `${shared?.prefix}billing`;
  const admin = kafka.admin();
  beforeAll(() => admin.connect());
  afterAll(() => admin.disconnect());

  it('takes what an idempotent producer sends and gives it to a group, which commits', async () => {
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: ['a', 'b', 'c'].map((value) => ({ key: value, value })) });
    await producer.disconnect();

    expect(new Set(await readAll(kafka, topic, groupId, 3))).toEqual(new Set(['a', 'b', 'c']));
    const [{ partitions }] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const committed = partitions.map(({ offset }) => Math.max(Number(offset), 0));
    expect(committed.reduce((sum, offset) => sum + offset, 0)).toBe(3);
  });

  it('creates no topic that nobody asked for', async () => {
    await expect(admin.fetchTopicMetadata({ topics: [`${shared.prefix}ghost`] })).rejects.toThrow();
    expect(await admin.listTopics()).not.toContain(`${shared.prefix}ghost`);
  });

  it('is the same one for everybody in the run, with a prefix for each', async () => {
    const again = await resolveKafka();
    expect(again.brokers).toEqual(shared.brokers);
    expect(again.prefix).not.toBe(shared.prefix);
  });
});

onJars('a Kafka of our own', () => {
  it('has everything again after a kill -9, on the same port', async () => {
    const broker = await startKafka();
    const kafka = connect(broker.brokers);
    const admin = kafka.admin();
    const producer = kafka.producer();
    await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 1 }], waitForLeaders: true });
    await producer.connect();
    await producer.send({ topic: 'orders', messages: [{ value: 'before' }] });
    await producer.disconnect();
    await admin.disconnect();

    await broker.kill();
    expect(isAlive(broker.pid)).toBe(false);
    await broker.restart();
    expect(await readAll(connect(broker.brokers), 'orders', 'g', 1)).toEqual(['before']);

    await broker.stop();
    expect(isAlive(broker.pid)).toBe(false);
  });

  it('sends clients of its second door to the proxy in front of it, and others not', async () => {
    const [proxyPort] = await freePorts(1);
    const broker = await startKafka({ proxyPort });
    const retry = { retries: 0 };
    const admin = connect([`127.0.0.1:${broker.behindProxy}`]).admin({ retry });
    await admin.connect();
    await expect(admin.describeCluster()).rejects.toThrow(`127.0.0.1:${proxyPort}`); // nobody stands there now
    await admin.disconnect();
    const direct = connect(broker.brokers).admin({ retry });
    await direct.connect();
    expect((await direct.describeCluster()).brokers).toMatchObject([{ port: Number(broker.brokers[0].split(':')[1]) }]);
    await direct.disconnect();
    await broker.stop();
  });

  it('goes when the process that started it is killed', async () => {
    const program = `import { startKafka } from ${JSON.stringify(join(here, 'start-kafka.mjs'))};
      console.log((await startKafka()).pid); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(await new Promise((done) => owner.stdout.once('data', done)));
    expect(isAlive(pid)).toBe(true);
    owner.kill('SIGKILL');
    for (let i = 0; i < 100 && isAlive(pid); i++) await sleep(100);
    expect(isAlive(pid)).toBe(false);
  });

  it('can be started, asked and stopped from the command line', async () => {
    const home = await mkdtemp(join(tmpdir(), 'railhead-kafka-cli-'));
    const cli = (...args) => run('env', [`RAILHEAD_HOME=${home}`, process.execPath, join(here, 'kafka.mjs'), ...args]);
    expect(await cli('status')).toMatchObject({ code: 3 });
    const started = await cli('start');
    const brokers = /KAFKA_BROKERS=(\S+)/.exec(started.output)?.[1];
    expect((await cli('status')).output).toContain(`answers`);
    expect((await cli('start')).output).toContain(`runs already`);
    expect(brokers).toMatch(/^127\.0\.0\.1:\d+$/);
    expect((await cli('stop')).output).toContain('stopped');
    expect(await cli('status')).toMatchObject({ code: 3 });
    await rm(home, { recursive: true });
  });
});

describe('a machine without Java', () => {
  const without = { PATH: process.env.PATH, RAILHEAD_TEST_RUN_DIR: undefined };

  it('takes the brokers of the environment before anything else', async () => {
    expect(await resolveKafka({ KAFKA_BROKERS: 'a:1,b:2' })).toMatchObject({ brokers: ['a:1', 'b:2'] });
  });

  it.each([
    ['skips', {}, undefined],
    ['fails when Kafka is required', { RAILHEAD_KAFKA: 'required' }, 'KafkaUnavailable'],
    ['fails in CI', { CI: 'true' }, 'KafkaUnavailable'],
  ])('%s', async (_, env, problem) => {
    const home = process.env.JAVA_HOME;
    process.env.JAVA_HOME = '/nowhere';
    try {
      const outcome = await resolveKafka({ ...without, ...env }).catch((error) => error);
      expect(outcome?.name).toBe(problem);
    } finally {
      if (home === undefined) delete process.env.JAVA_HOME;
      else process.env.JAVA_HOME = home;
    }
  });
});
