import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { an850, manyOrders } from '../testing/x12-files.js';

const BINARY = join(import.meta.dirname, '../../bin/railhead.mjs');
/** Says on standard error, at the end, how much memory the process had at most. */
const WATCH = `data:text/javascript,process.on('exit',()=>process.stderr.write('maxRSS '+process.resourceUsage().maxRSS))`;
/** With RAILHEAD_X12_TEST_MB=200 the whole size; otherwise enough to see memory grow if it did. */
const MEGABYTES = Number(process.env.RAILHEAD_X12_TEST_MB ?? 20);
const GROWTH_KB_MAX = 100 * 1024;

const ENDS: Readonly<Record<string, RegExp>> = {
  parse: /"errors":0,"issues":\[\]\}\n$/,
  validate: /^Good: 1 interchange, 1 group, \d+ sets; 0 errors, 0 notes\.\n$/,
  ack: /IEA\*1\*000000007~\n$/,
};

/** Runs the real command with something on its standard input; of a long output only the end is kept. */
async function railhead(args: readonly string[], input: Iterable<Buffer>, readAll = true) {
  const child = spawn(process.execPath, ['--import', WATCH, BINARY, 'x12', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { out: '', aside: '', lines: 0 };
  child.stderr.on('data', (data: Buffer) => (said.aside += data.toString()));
  if (readAll)
    child.stdout.on('data', (data: Buffer) => {
      said.lines += data.toString().split('\n').length - 1;
      said.out = (said.out + data.toString()).slice(-10_000);
    });
  else child.stdout.once('data', () => child.stdout.destroy());
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await pipeline(Readable.from(input), child.stdin).catch(() => {}); // it may end before it has read everything
  const exit = await exited;
  const maxRssKb = Number(/maxRSS (\d+)/.exec(said.aside)?.[1]);
  return { exit, ...said, maxRssKb };
}

describe('the railhead binary', () => {
  it('reads standard input and ends with 0, 1 or 2', async () => {
    const good = an850('BEG*00*SA*4500017**20261102', 'PO1*1*2*EA', 'CTT*1');
    const exits = [good, good.replace('BEG', 'BEX'), 'nothing\n'].map((text) =>
      railhead(['validate', '-'], [Buffer.from(text)]).then(({ exit }) => exit),
    );
    expect(await Promise.all(exits)).toEqual([0, 1, 2]);
  });

  it.each(['parse', 'validate', 'ack'])(
    'needs no more memory to %s a large file than a small one',
    async (command) => {
      const args = command === 'ack' ? [command, '-', '--control', '7'] : [command, '-'];
      const small = await railhead(args, manyOrders(1e6));
      const large = await railhead(args, manyOrders(MEGABYTES * 1e6));
      expect([small.exit, large.exit]).toEqual([0, 0]);
      expect(large.maxRssKb - small.maxRssKb).toBeLessThan(GROWTH_KB_MAX);
      expect(large.out).toMatch(ENDS[command] as RegExp);
    },
    300_000,
  );

  it('ends quietly when nobody reads on, as behind head', async () => {
    const { exit, aside } = await railhead(['parse', '-'], manyOrders(3e6), false);
    expect([exit, aside.replace(/maxRSS \d+/, '')]).toEqual([0, '']);
  });
});
