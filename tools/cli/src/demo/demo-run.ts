import { CliFailure, EXIT } from '../exit-codes.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import type { OrderFile } from '../gateway-shapes.js';
import { nextMoves, type Move } from './next-moves.js';
import type { OutsideWorld } from './outside-world.js';

const AT_ONCE = 4;
const ENDED = new Set(['settled', 'rejected', 'cancelled']);

/** How one order of the demo stands. */
export interface DemoOrder {
  readonly poNumber: string;
  readonly status: string;
}

/** Follows the orders of a demo and makes the moves that each waits for, each move once. */
export class DemoRun {
  private readonly made = new Set<string>();
  private readonly standing: Map<string, string>;

  constructor(
    private readonly gateway: GatewayClient,
    private readonly world: OutsideWorld,
    poNumbers: readonly string[],
    private readonly tell: (poNumber: string, what: string) => void,
  ) {
    this.standing = new Map(poNumbers.map((poNumber) => [poNumber, 'sent']));
  }

  get orders(): readonly DemoOrder[] {
    return [...this.standing].map(([poNumber, status]) => ({ poNumber, status }));
  }

  get isOver(): boolean {
    return this.orders.every(({ status }) => ENDED.has(status));
  }

  /** Looks at every order that is not done and moves it on. */
  async step(): Promise<void> {
    const open = this.orders.filter(({ status }) => !ENDED.has(status)).map(({ poNumber }) => poNumber);
    const lanes = Array.from({ length: AT_ONCE }, async () => {
      for (let poNumber = open.shift(); poNumber !== undefined; poNumber = open.shift()) await this.advance(poNumber);
    });
    await Promise.all(lanes);
  }

  private async advance(poNumber: string): Promise<void> {
    const file = await this.fileOf(poNumber);
    if (file === undefined) return;
    if (this.standing.get(poNumber) !== file.status) this.tell(poNumber, file.status);
    this.standing.set(poNumber, file.status);
    for (const move of nextMoves(file)) {
      if (this.made.has(move.name)) continue;
      await this.make(move, file, poNumber);
    }
  }

  /** A move that was refused is told and not made again; one that could not be answered is made again at the next look. */
  private async make(move: Move, file: OrderFile, poNumber: string): Promise<void> {
    try {
      this.tell(poNumber, await this.world.make(move, file));
      this.made.add(move.name);
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      this.tell(poNumber, `${move.by}: ${error.message}`);
      if (error.exit === EXIT.denied) throw error;
      if (error.exit === EXIT.failed) this.made.add(move.name);
    }
  }

  /** Undefined while the order has not arrived in the order file yet, or Railhead does not answer for the moment. */
  private async fileOf(poNumber: string): Promise<OrderFile | undefined> {
    try {
      return await this.gateway.get<OrderFile>(`/v1/orders/${encodeURIComponent(poNumber)}`);
    } catch (error) {
      if (error instanceof CliFailure && (error.exit === EXIT.notFound || error.exit === EXIT.unusable))
        return undefined;
      throw error;
    }
  }
}
