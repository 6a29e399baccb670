import { startHub } from './index.js';

const hub = await startHub({ env: process.env });
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 25_000).unref();
    void hub.stop().then(() => process.exit(0));
  });
}
