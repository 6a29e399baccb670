import { Clock, Work, type Log } from '@railhead/service-kit';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { PartnerInbox } from './partner-inbox.js';

export interface InboxSettings {
  readonly home: string;
  readonly pollMs: number;
  readonly documentBytesMax: number;
}

/** Partners whose files are read at the same time. */
const LANES = 3;

/** Watches `inbox/<partner>/`: all partners in turn, so that one with ten thousand files or a huge one holds up no other. */
export class InboxWatch {
  private readonly inboxes = new Map<string, PartnerInbox>();
  private readonly busy = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private turn = 0;

  constructor(
    private readonly settings: InboxSettings,
    private readonly door: EdiDoor,
    private readonly directory: PartnerDirectory,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    for (const { name } of this.directory.all)
      for (const side of ['inbox', 'outbox']) await mkdir(join(this.settings.home, side, name), { recursive: true });
    this.next(this.settings.pollMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const inbox of this.inboxes.values()) inbox.stop();
    await Promise.all(this.busy.values());
  }

  private next(afterMs: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lookAround(), afterMs);
  }

  /** Starts looks at as many inboxes as there are lanes; where the last round stopped the next one begins. */
  private lookAround(): void {
    const { all } = this.directory;
    for (let seen = 0; seen < all.length && this.busy.size < LANES; seen += 1) {
      const partner = all[this.turn % all.length];
      this.turn = (this.turn + 1) % all.length;
      if (partner !== undefined && !this.busy.has(partner.name)) this.look(partner.name);
    }
    this.next(this.settings.pollMs);
  }

  private look(name: string): void {
    const inbox = this.inboxes.get(name) ?? this.inboxOf(name);
    this.inboxes.set(name, inbox);
    const done = inbox
      .look()
      .catch((error: unknown) => {
        this.log.warn({ err: error, partner: name }, 'an inbox cannot be looked at for now');
        return false;
      })
      .then((hasMore) => {
        this.busy.delete(name);
        if (hasMore) this.next(0);
      });
    this.busy.set(name, done);
  }

  private inboxOf(name: string): PartnerInbox {
    const { settings, door, directory, work, clock, log } = this;
    return new PartnerInbox(name, settings, { door, directory, work, clock, log });
  }
}
