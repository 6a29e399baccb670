import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { isFree } from './ports.mjs';

/**
 * Waits until the broker on this port is listed in its own cluster, that is: registered and no longer fenced.
 *
 * @param {number} port
 * @param {() => boolean} isGone - says that waiting is useless
 * @returns {Promise<boolean>} false when it is gone or 60 s have passed.
 */
export async function untilReady(port, isGone) {
  const deadline = Date.now() + 60_000;
  while (!isGone() && Date.now() < deadline) {
    // A cheap look first: a Kafka client in a loop is slow and loud.
    if (!(await isFree(port)) && (await answers(port))) return !isGone();
    await sleep(30);
  }
  return false;
}

/** @param {number} port */
export async function answers(port) {
  const client = new kafkajs.Kafka({
    clientId: 'railhead-ready-check',
    brokers: [`127.0.0.1:${port}`],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    return brokers.length > 0 && controller !== null;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
