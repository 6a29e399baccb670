import { RepeatedLook, type Log } from '@railhead/service-kit';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartnerDirectory } from './partner-directory.js';
import { BadPartnerFile, readPartnerFile } from './partner-file.js';
import { UnusableProfile, type PartnerRegistry } from './partner-registry.js';
import type { Partner } from './partner.js';

/**
 * Looks at the file of partners and at changes that other processes made. A file is read when it looked the same twice;
 * one with faults changes nothing, and says so once and on the page of partners until it is mended.
 */
export class PartnerFileWatch extends RepeatedLook {
  private looked: string | undefined;
  private taken: string | undefined;
  private furnished: readonly Partner[] = [];

  constructor(
    private readonly settings: { readonly home: string; readonly partnersFile: string; readonly pollMs: number },
    private readonly registry: PartnerRegistry,
    private readonly directory: PartnerDirectory,
    log: Log,
  ) {
    super(settings.pollMs, log, 'partners are looked at again later');
  }

  override async start(): Promise<void> {
    this.taken = await looksOf(this.settings.partnersFile);
    await super.start();
  }

  protected override async look(): Promise<void> {
    await this.registry.refresh();
    await this.makeFolders();
    const looks = await looksOf(this.settings.partnersFile);
    const isStill = looks === this.looked;
    this.looked = looks;
    if (looks === undefined || looks === this.taken || !isStill) return;
    await this.take();
    this.taken = looks;
  }

  /** New partners get their folders without a restart. */
  private async makeFolders(): Promise<void> {
    const { all } = this.directory;
    if (all === this.furnished) return;
    for (const { name } of all)
      for (const side of ['inbox', 'outbox']) await mkdir(join(this.settings.home, side, name), { recursive: true });
    this.furnished = all;
  }

  private async take(): Promise<void> {
    try {
      const count = await this.registry.takeFile(readPartnerFile(this.settings.partnersFile) ?? []);
      this.registry.fileProblem = undefined;
      if (count > 0) this.log.info({ file: this.settings.partnersFile, count }, 'partners changed by the file');
    } catch (error) {
      if (!(error instanceof BadPartnerFile || error instanceof UnusableProfile)) throw error; // our database: the same file is tried again
      this.registry.fileProblem = error.message;
      this.log.error(
        { err: error, file: this.settings.partnersFile },
        'the file of partners has faults; profiles stay as they are',
      );
    }
  }
}

async function looksOf(file: string): Promise<string | undefined> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  return stats === undefined ? undefined : `${stats.ino}|${stats.size}|${stats.mtimeNs}`;
}
