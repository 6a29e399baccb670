// StAEDI, another X12 reader, in a JVM of its own that answers questions one at a time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureStaedi, PeerUnavailable } from './staedi-files.mjs';

export { PeerUnavailable } from './staedi-files.mjs';

/**
 * Starts StAEDI.
 *
 * @throws {PeerUnavailable} where Java or Maven is missing.
 */
export async function startStaedi() {
  const { classpath, program } = await ensureStaedi();
  const child = spawn('java', ['-Xmx1g', '-cp', classpath, program], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child, 'spawn').catch(() => {
    throw new PeerUnavailable('Java is not installed');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const ask = async (question) => {
    child.stdin.write(`${question}\n`);
    const { value = 'failed StAEDI is gone' } = await lines.next();
    if (value.startsWith('failed ')) throw new Error(`StAEDI: ${value.slice('failed '.length)}`);
    return value;
  };
  return {
    pid: child.pid,
    /** The file that the next questions are about. */
    load: (file) => ask(`load ${file}`),
    /** The schema that sets are held against; without a file, only the control segments are checked. */
    schema: (file = '-') => ask(`schema ${file}`),
    /** Reads the file from end to end. */
    run: async () => {
      const [, sets, errors] = (await ask('run')).split(' ').map(Number);
      return { sets, errors };
    },
    /** Every segment of the file: its id, then its elements, each a list of components. */
    segments: async () => {
      const segments = [];
      for (let line = await ask('segments'); line !== '.'; line = (await lines.next()).value) {
        const [id, ...elements] = line.split('\t');
        segments.push([id, ...elements.map((element) => element.split('\u001f'))]);
      }
      return segments;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
