import { createHmac } from 'node:crypto';
import type { Sending } from '../books.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';

const TIMEOUT_MS = 10_000;
const ON_THE_ROAD_MS = 60_000;

/** How far a parcel has come. */
export type Stage = 'in_transit' | 'delivered';

/** A carrier that delivers everything and tells it by signed webhooks, each with the parcel's whole history so far. */
export class Carrier {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    present?: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  /** @param arrivedAt - milliseconds since 1970; the same parcel, stage and moment give the same bytes */
  scan(trackingNumber: string, stage: Stage, arrivedAt: number, entry: Sending, isForged = false): Promise<void> {
    const body = JSON.stringify({ trackingNumber, carrier: 'UPSN', events: history(stage, arrivedAt) });
    const secret = isForged ? `not ${this.target.carrierSecret}` : this.target.carrierSecret;
    const message = {
      url: () => this.target.url('carrier-connector', '/carriers/generic/events'),
      headers: {
        'content-type': 'application/json',
        'x-railhead-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      },
      body,
    };
    return this.sender.send(message, entry);
  }

  rest(ms: number): Promise<void> {
    return this.sender.rest(ms);
  }

  stop(): void {
    this.sender.stop();
  }
}

function history(stage: Stage, arrivedAt: number): object[] {
  const place = { city: 'Cleveland', country: 'US' };
  const left = new Date(arrivedAt - ON_THE_ROAD_MS).toISOString();
  const departed = { status: 'in_transit', description: 'Departed the depot', occurredAt: left, ...place };
  if (stage === 'in_transit') return [departed];
  const arrived = new Date(arrivedAt).toISOString();
  return [
    departed,
    {
      status: 'delivered',
      code: 'D',
      description: 'Left at the dock',
      occurredAt: arrived,
      signedBy: 'DOCK',
      ...place,
    },
  ];
}
