import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readX12, type ReadSet } from '../documents/read-x12.js';

const LOOK_EVERY_MS = 200;

/** Reads what appears in a partner's outbox folder, every file once. The files stay where they are. */
export class OutboxReader {
  private readonly known = new Set<string>();
  private readonly stopped = new AbortController();
  private readonly reading: Promise<void>;

  constructor(
    private readonly folder: string,
    private readonly take: (sets: readonly ReadSet[]) => void,
  ) {
    this.reading = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.reading;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const sets = await this.look().catch(() => []); // the folder may not be there yet
      if (sets.length > 0) this.take(sets);
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }

  private async look(): Promise<ReadSet[]> {
    const sets: ReadSet[] = [];
    for (const name of await readdir(this.folder)) {
      if (this.known.has(name) || !name.endsWith('.edi') || name.startsWith('.')) continue;
      sets.push(...readX12(await readFile(join(this.folder, name), 'latin1')));
      this.known.add(name);
    }
    return sets;
  }
}
