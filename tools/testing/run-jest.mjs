// Runs Jest over the whole workspace in one process tree: one PostgreSQL for all tests, one closing count.
// Arguments are handed to Jest (paths, --testPathPatterns …). CI=true also makes a missing Kafka a failure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'railhead-jest-'));
const report = join(scratch, 'report.json');

const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--config',
    join(root, 'jest.config.mjs'),
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'test' } },
);

let passed = 0;
let failed = 1;
let skipped = 0;
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed = result.numPassedTests;
  // A suite that could not even be loaded has no failed tests of its own, but it is a failure all the same.
  failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  skipped = result.numPendingTests + result.numTodoTests;
} catch {
  console.error('railhead: Jest left no report; see above.');
}
rmSync(scratch, { recursive: true, force: true });

if (skipped > 0) {
  console.log(
    `\n*** ${skipped} tests were SKIPPED; the reasons stand above, between stars. On real Kafka they need Java 17 and Maven (tools/kafka), Docker, or KAFKA_BROKERS; RAILHEAD_KAFKA=required makes that a failure. ***`,
  );
}
console.log(
  skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped` : `${passed} passed, ${failed} failed`,
);
process.exit(jest.status === 0 && failed === 0 ? 0 : 1);
