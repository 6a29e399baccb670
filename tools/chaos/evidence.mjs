import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes down what a run does while it does it, in the run's folder; thrown away with the folder when all went well. */
export class Evidence {
  constructor(home) {
    this.home = home;
    this.records = createWriteStream(join(home, 'records.jsonl'));
    this.records.on('error', () => {});
  }

  /** Every record as it was read from its topic, with the time of reading. */
  record(record) {
    this.records.write(`${JSON.stringify({ readAt: new Date().toISOString(), ...record }, keepBigInts)}\n`);
  }

  /** One thing under a name, as JSON; maps become objects. */
  async keep(name, what) {
    await writeFile(join(this.home, `${name}.json`), `${JSON.stringify(what, keepBigInts, 1)}\n`);
  }

  close() {
    return new Promise((resolve) => this.records.end(() => resolve()));
  }
}

function keepBigInts(_name, value) {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}
