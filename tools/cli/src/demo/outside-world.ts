import { formatMinor } from '@railhead/money';
import { Carrier, Payer, trackingNumberOf, Warehouse, type Sending } from '@railhead/simulators';
import { CliFailure, EXIT } from '../exit-codes.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import type { OrderFile } from '../gateway-shapes.js';
import { hubTarget } from '../simulate/hub-target.js';
import type { Move } from './next-moves.js';

const DENIED = new Set([401, 403]);

type Of<By extends Move['by']> = Extract<Move, { by: By }>;

/** Makes the moves of the simulated warehouse, carrier, payer and credit department, each through its real door. */
export class OutsideWorld {
  private readonly warehouse: Warehouse;
  private readonly carrier: Carrier;
  private readonly payer: Payer;

  constructor(
    private readonly gateway: GatewayClient,
    private readonly now: () => Date,
  ) {
    const target = hubTarget(gateway.connection);
    this.warehouse = new Warehouse(target);
    this.carrier = new Carrier(target);
    this.payer = new Payer(target);
  }

  /** Makes one move; gives back what to tell about it. @throws CliFailure when it was refused, or the world stopped. */
  async make(move: Move, file: OrderFile): Promise<string> {
    switch (move.by) {
      case 'credit':
        await this.gateway.post(`/v1/orders/${file.orderId}/release`, {
          reason: 'demo: the credit department is fine with it',
        });
        return 'credit department releases the hold';
      case 'warehouse':
        return this.ship(move, file);
      case 'carrier':
        return this.deliver(move);
      case 'payer':
        return this.pay(move);
    }
  }

  /** What is not answered yet is given up. */
  stop(): void {
    for (const party of [this.warehouse, this.carrier, this.payer]) party.stop();
  }

  private async ship({ shipmentId, lines }: Of<'warehouse'>, { orderId }: OrderFile): Promise<string> {
    await taken((entry) => this.warehouse.confirm({ orderId, shipmentId, lines }, entry));
    return `warehouse ships ${lines.length} line${lines.length === 1 ? '' : 's'} as ${trackingNumberOf(shipmentId)}`;
  }

  private async deliver({ trackingNumbers }: Of<'carrier'>): Promise<string> {
    for (const trackingNumber of trackingNumbers)
      await taken((entry) => this.carrier.scan(trackingNumber, 'delivered', this.now().getTime(), entry));
    return `carrier delivers ${trackingNumbers.join(', ')}`;
  }

  private async pay({ accountId, invoiceNumber, open }: Of<'payer'>): Promise<string> {
    await taken((entry) => this.payer.pay({ invoiceNumber, accountId, gross: open }, entry));
    return `payer pays ${formatMinor(open)} ${open.currency} on ${invoiceNumber}`;
  }
}

async function taken(send: (entry: Sending) => Promise<void>): Promise<void> {
  const entry: Sending = { attempts: [] };
  await send(entry);
  const { accepted, refused } = entry;
  if (accepted !== undefined) return;
  if (refused === undefined) throw new CliFailure(EXIT.unusable, 'Railhead did not answer', 'Is it still running?');
  const exit = DENIED.has(refused.status) ? EXIT.denied : EXIT.failed;
  throw new CliFailure(exit, messageIn(refused.text) ?? `refused with ${refused.status}`, 'See the log of Railhead.');
}

function messageIn(text = ''): string | undefined {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
}
