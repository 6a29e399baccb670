// The simulated ERP as a process of its own, so that its book outlives whatever happens to the services:
//   node tools/simulators/dist/erp/main.js --port 4100 --seed 1 --faults createThenHang=0.1,drop=0.05 --token secret
// Prints its address as one line of JSON. GET /-/book says what it holds; PUT /-/faults and PUT /-/away change its ways.
import { parseArgs } from 'node:util';
import type { ErpFaults } from './erp-faults.js';
import { startErp } from './start-erp.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '' },
    token: { type: 'string' },
    dedupes: { type: 'boolean', default: false },
  },
});

/** Reads `createThenHang=0.1,slowMs=50`. */
function faultsIn(text: string): Partial<ErpFaults> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name.trim(), Number(value)];
    }),
  );
}

const erp = await startErp({
  seed: Number(values.seed),
  port: Number(values.port),
  faults: faultsIn(values.faults),
  ignoresIdempotencyKeys: !values.dedupes,
  ...(values.token !== undefined && { token: values.token }),
});
console.log(JSON.stringify({ url: erp.url, seed: Number(values.seed) }));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void erp.stop());
