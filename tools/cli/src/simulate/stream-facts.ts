import type { Fact, Facts } from '@railhead/simulators';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayClient } from '../connection/gateway-client.js';
import { serverSentEvents } from '../connection/server-sent-events.js';
import { CliFailure, EXIT } from '../exit-codes.js';

const AGAIN_MS = 500;

interface StreamedFact {
  readonly orderId: string;
  readonly purchaseOrderNumber: string | null;
  readonly eventId: string;
  readonly type: string;
  readonly data?: unknown;
}

/** What happens in Railhead, from the gateway's stream; where it breaks off it is taken up again behind the last fact. */
export class StreamFacts implements Facts {
  private readonly listeners: ((fact: Fact) => void)[] = [];
  private lastId: string | undefined;
  private isOpen = false;

  constructor(
    private readonly gateway: GatewayClient,
    private readonly signal: AbortSignal,
  ) {}

  onFact(listener: (fact: Fact) => void): void {
    this.listeners.push(listener);
  }

  /** Resolves when the stream is open: nothing that happens from then on is missed. @throws CliFailure when it cannot be opened. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.follow(resolve).catch(reject);
    });
  }

  private async follow(opened: () => void): Promise<void> {
    while (!this.signal.aborted) {
      try {
        const stream = await this.gateway.stream('/v1/stream', {}, this.signal, this.lastId);
        for await (const { event, data, id } of serverSentEvents(stream)) {
          this.isOpen = true;
          opened(); // the first ping comes when our place in the stream is marked
          if (event === 'fact') this.tell(JSON.parse(data) as StreamedFact);
          this.lastId = id ?? this.lastId;
        }
      } catch (error) {
        if (this.signal.aborted) return;
        const isFinal = error instanceof CliFailure && (error.exit === EXIT.denied || !this.isOpen);
        if (isFinal) throw error;
      }
      await pause(AGAIN_MS, undefined, { signal: this.signal }).catch(() => {});
    }
  }

  private tell({ eventId, type, orderId, purchaseOrderNumber, data }: StreamedFact): void {
    for (const listener of this.listeners) listener({ id: eventId, type, key: orderId, data, purchaseOrderNumber });
  }
}
