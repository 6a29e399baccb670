import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const TIGHT = ['--heap-growing-percent=25', '--semi-space-growth-factor=1'];
const USUAL = ['--heap-growing-percent=0', '--semi-space-growth-factor=2'];
/** Memory of the process above what it was at the start, from which on garbage is collected at once. */
const SLACK_BYTES = 72 * 1024 * 1024;
const COLLECT_EVERY_MS = 1_000;

let users = 0;

/**
 * Keeps garbage from piling up while a very large document is read. V8 lets its heap grow several times over when orders
 * stream through it, the more the busier the machine is (measured: 200 to 350 MB above idle, of which 60 are in use).
 * Here it may grow by a quarter between two collections, and is swept out where that is not enough. Of the whole process,
 * so only as long as it is needed.
 */
export class TightHeap {
  private readonly restBytes: number;
  private collectedAt = performance.now();

  constructor() {
    users += 1;
    if (users === 1) TIGHT.forEach((flag) => setFlagsFromString(flag));
    collect(); // what bringing the document in left behind
    this.restBytes = process.memoryUsage.rss();
  }

  /** To be called now and then, between two pieces of work. */
  check(): void {
    if (process.memoryUsage.rss() - this.restBytes < SLACK_BYTES) return;
    if (performance.now() - this.collectedAt < COLLECT_EVERY_MS) return;
    collect();
    this.collectedAt = performance.now();
  }

  /** As usual again; to be called once. */
  loosen(): void {
    users -= 1;
    if (users === 0) USUAL.forEach((flag) => setFlagsFromString(flag));
  }
}

let collector: ((options: object) => void) | undefined;

/** Gives pages back to the system, which an ordinary collection does not do. */
function collect(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as typeof collector;
  }
  collector?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
