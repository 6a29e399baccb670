import { rmSync } from 'node:fs';
import { stopSharedKafka } from '../kafka/for-tests.mjs';

export default async function teardown() {
  try {
    await stopSharedKafka(process.env.RAILHEAD_TEST_RUN_DIR);
    rmSync(process.env.RAILHEAD_TEST_RUN_DIR, { recursive: true, force: true });
  } finally {
    await globalThis.__railheadPostgres?.stop();
  }
}
