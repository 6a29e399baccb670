import { repairIdleTimer } from '@railhead/bus';
import { startKafka } from '@railhead/kafka-local';
import { freePorts } from '@railhead/kafka-local/ports';
import { startDatabase, through } from './database.mjs';
import { Wire } from './network/wire.mjs';

/**
 * What the services stand on. Of its own: a Kafka and a PostgreSQL that can be stopped, crashed and cut off, with a wire (a proxy)
 * between them and the services; the rig itself goes past the wires. Or what others share: then nothing of that can be harmed.
 *
 * @param {{ brokers?: string[], databaseUrl?: string }} shared
 */
export async function openGround({ brokers, databaseUrl }) {
  repairIdleTimer(); // else each idle Kafka client of ours wakes up 900 times a second
  const closers = [];
  const close = async () => {
    for (const one of closers.reverse()) await one().catch(() => {});
  };
  const ground = { wires: {}, close };
  try {
    Object.assign(ground, await databaseOf(databaseUrl, ground.wires, closers));
    Object.assign(ground, await kafkaOf(brokers, ground.wires, closers));
    return ground;
  } catch (error) {
    await close();
    throw error;
  }
}

async function databaseOf(url, wires, closers) {
  const database = await startDatabase(url);
  closers.push(() => database.stop());
  if (url !== undefined) return { databaseUrl: database.url, servicesDatabaseUrl: database.url };
  const [port] = await freePorts(1);
  wires.database = await Wire.open({ port, to: database.port });
  closers.push(() => wires.database.close());
  return { database, databaseUrl: database.url, servicesDatabaseUrl: through(database.url, port) };
}

async function kafkaOf(brokers, wires, closers) {
  if (brokers !== undefined) return { brokers, servicesBrokers: brokers };
  const [port, proxyPort] = await freePorts(2);
  const kafka = await startKafka({ quickStart: false, port, proxyPort });
  closers.push(() => kafka.stop());
  wires.kafka = await Wire.open({ port: proxyPort, to: kafka.behindProxy });
  closers.push(() => wires.kafka.close());
  return { kafka, brokers: kafka.brokers, servicesBrokers: [`127.0.0.1:${proxyPort}`] };
}
