import { Injectable } from '@nestjs/common';
import { derivedUuid } from '@railhead/contracts';
import { Clock, ServiceMetrics, uuidv7, Work } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import type { Carrier, ReadMessage } from '../carrier.js';
import type { Sender } from '../config.js';
import type { KeptScan, Scan } from '../domain/scan.js';
import { unmappedCodes } from '../metrics.js';
import { MessageStore } from '../store/message.store.js';
import { TrackingStore } from '../store/tracking.store.js';
import { withoutAhead } from './ahead.js';
import { ShipmentFollower } from './shipment-follower.js';

export interface Taken {
  readonly read: ReadMessage;
  /** Scans that nobody had told us before. */
  readonly added: number;
}

/** Takes a carrier's message in: raw bytes, scans and what follows from them, in one transaction. */
@Injectable()
export class MessageIntake {
  constructor(
    private readonly work: Work,
    private readonly messages: MessageStore,
    private readonly store: TrackingStore,
    private readonly follower: ShipmentFollower,
    private readonly clock: Clock,
    private readonly metrics: ServiceMetrics,
  ) {}

  async take(carrier: Carrier, sender: Sender, body: Buffer): Promise<Taken> {
    const read = withoutAhead(readBody(carrier, body), this.clock.now());
    const sha256 = createHash('sha256').update(body).digest('hex');
    const message = { messageId: uuidv7(), sender, sha256, body };
    const scans = read.readable ? keptScans(sender, read.scans) : [];
    const numbers = scans.map((scan) => scan.trackingNumber);

    const added = await this.work.run(async (tx, say) => {
      if (!(await this.messages.keep(tx, message, this.clock.now(), read))) return undefined;
      if (scans.length === 0) return 0;
      await this.store.lock(tx, numbers);
      const count = await this.store.keepScans(tx, message, scans);
      if (count > 0) say(...(await this.follower.follow(tx, numbers)));
      return count;
    });
    this.count(carrier, read, added);
    return { read, added: added ?? 0 };
  }

  private count(carrier: Carrier, read: ReadMessage, added: number | undefined): void {
    this.metrics.received(carrier.name, added === undefined ? 'duplicate' : read.readable ? 'accepted' : 'rejected');
    if (added === undefined || !read.readable) return;
    for (const code of read.unmapped) unmappedCodes.inc({ carrier: carrier.name, code });
  }
}

function readBody(carrier: Carrier, body: Buffer): ReadMessage {
  try {
    return carrier.read(JSON.parse(body.toString('utf8')));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { readable: false, issues: [{ at: '', message: error.message }] };
  }
}

/** Carriers give a scan no id, and tell the whole history again with every scan: what it says is its id. */
function keptScans({ name, speaksFor }: Sender, scans: readonly Scan[]): KeptScan[] {
  const kept = scans.map((scan) => ({ ...scan, speaksFor, scanId: scanIdOf(name, scan) }));
  return [...new Map(kept.map((scan) => [scan.scanId, scan])).values()];
}

/** What another sender says is another scan: it must not take the place of what the right one says later. */
function scanIdOf(sender: string, scan: Scan): string {
  const says = [
    sender,
    scan.trackingNumber,
    scan.carrierCode,
    scan.occurredAt,
    scan.city,
    scan.country,
    scan.description,
  ];
  return derivedUuid(`scan|${JSON.stringify(says.map((part) => part?.toLowerCase().replaceAll(/\s+/g, ' ') ?? ''))}`);
}
