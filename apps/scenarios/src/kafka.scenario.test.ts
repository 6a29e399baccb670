import { describe, it } from '@jest/globals';
import { startCluster } from '@railhead/cluster';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { freshDatabase } from '@railhead/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSalesforce } from './salesforce.js';
import { tellStories } from './stories.js';

const kafka = await resolveKafka();

if (kafka === undefined) {
  describe('Railhead on Kafka', () => {
    it.skip('is not tried: there is no Kafka here', () => {});
  });
} else {
  tellStories('on Kafka with 12 partitions, a process per service', async () => {
    const home = await mkdtemp(join(tmpdir(), 'railhead-kafka-'));
    const database = await freshDatabase();
    const { salesforce, secret, env } = await startSalesforce();
    const cluster = await startCluster({
      home,
      databaseUrl: database.url,
      brokers: [...kafka.brokers],
      topicPrefix: kafka.prefix,
      partitions: 12,
      env: { LOG_LEVEL: 'warn', EDI_POLL_MS: '100', ERP_POLL_MS: '200', ...env },
    });
    return {
      ...cluster.credentials,
      salesforceSecret: secret,
      salesforce,
      home,
      urlFor: (path) => cluster.urlFor(path),
      stop: async () => {
        await cluster.stopAll();
        await salesforce.stop();
        await database.drop();
        await rm(home, { recursive: true, force: true });
      },
    };
  });
}
