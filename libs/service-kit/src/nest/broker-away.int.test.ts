import { describe, expect, it } from '@jest/globals';
import { openKafkaBus } from '@railhead/bus';
import { EVENTS, OrderCancelRequested } from '@railhead/contracts';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { freshDatabase } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { EventCodec } from '../events/event-codec.js';
import { BuiltInSchemaIds } from '../events/schema-ids.js';
import { SEQ_HEADER } from '../runner/outbox.js';
import { probeService } from '../testing/probe-service.js';
import { until } from '../testing/probe.js';
import { startService } from './start-service.js';

const kafka = await resolveKafka();
const onKafka = kafka === undefined ? describe.skip : describe;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The broker answers at this port from now on. */
function answerAt(port: number, broker: string): Server {
  const [host, brokerPort] = broker.split(':') as [string, string];
  return createServer((socket) => {
    const onward = connect(Number(brokerPort), host);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => void [socket, onward].map((one) => one.destroy()));
  }).listen(port, '127.0.0.1');
}

onKafka('a service that starts while Kafka is away', () => {
  const prefix = `${kafka?.prefix ?? ''}away-${randomUUID().slice(0, 8)}-`;
  const event = async (
    key: string,
  ): Promise<{ topic: string; key: string; value: Buffer; headers: Record<string, string> }> => {
    const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((one) => one.avro)), prefix);
    await codec.prepare([OrderCancelRequested]);
    const data = { orderId: key, actor: { kind: 'user' as const, id: 'ann' }, reason: 'changed my mind' };
    const { type } = OrderCancelRequested;
    const time = new Date().toISOString();
    const said = { id: randomUUID(), type, source: 'gateway', subject: key, time, correlationId: randomUUID(), data };
    return codec.encode(said as never, OrderCancelRequested, { [SEQ_HEADER]: '1' }) as never;
  };

  it('opens its doors, and works off what waits on the bus as soon as it is back', async () => {
    const { url, drop } = await freshDatabase();
    const port = await freePort();
    const env = {
      DATABASE_URL: url,
      KAFKA_BROKERS: `127.0.0.1:${port}`,
      TOPIC_PREFIX: prefix,
      LOG_LEVEL: 'silent',
      HTTP_PORT: '0',
      INTERNAL_TOKEN: 'internal-token-of-tests',
    };
    const service = await startService(probeService({ run: () => {} }), { env });
    const bus = await openKafkaBus({ brokers: kafka?.brokers ?? [], onError: () => {}, onFatal: () => {} });
    let proxy: Server | undefined;
    try {
      expect((await fetch(`${await service.app.getUrl()}/health/ready`)).status).toBe(200);
      await bus.ensureTopics([{ name: `${prefix}orders`, partitions: 1 }]);
      const key = randomUUID();
      await bus.publish([await event(key)]);
      proxy = answerAt(port, kafka?.brokers[0] ?? '');
      const effects = (): Promise<unknown[]> => service.context.db.query('SELECT key FROM effects');
      await until(async () => (await effects()).length === 1, 'the effect of what waited');
    } finally {
      await service.stop();
      await bus.close();
      proxy?.close();
      await drop();
    }
  }, 90_000);
});
