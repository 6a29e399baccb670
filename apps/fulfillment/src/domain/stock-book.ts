import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import { isPositive, larger } from './order-state.js';

/** One product in the warehouse, as stored. Quantities are decimal strings. */
export interface StockLevel {
  readonly sku: string;
  /** The last count less what left since; below zero when more left than was counted. */
  readonly onHand: string;
  readonly allocated: string;
  /** When the count was true, milliseconds since 1970; absent before the first count. */
  readonly countedAtMs?: number | undefined;
}

/** Something left the warehouse. */
export interface StockMove {
  readonly sku: string;
  readonly movedAtMs: number;
  readonly quantity: string;
}

/**
 * The stock of the products a transaction has locked, and what it does to it. Promises are covered: {@link promise}
 * refuses more than is available.
 */
export class StockBook {
  private readonly levels = new Map<string, StockLevel>();
  private readonly touched = new Set<string>();
  private readonly loosened = new Set<string>();
  private readonly left: StockMove[] = [];

  constructor(levels: Iterable<StockLevel> = []) {
    this.add(levels);
  }

  /** Takes in more products. What is known already stays as this book has it. */
  add(levels: Iterable<StockLevel>): void {
    for (const level of levels) if (!this.levels.has(level.sku)) this.levels.set(level.sku, level);
  }

  has(sku: string): boolean {
    return this.levels.has(sku);
  }

  /**
   * What may still be promised; never below zero.
   *
   * @param given - What who asks has given back just now, and may have again though a count has fallen below it since.
   */
  available(sku: string, given = '0'): string {
    const { onHand, allocated } = this.levelOf(sku);
    return larger(subtractDecimals(onHand, allocated), given);
  }

  /** @throws RangeError when more is asked for than is {@link available}. */
  promise(sku: string, quantity: string, given = '0'): void {
    if (compareDecimals(quantity, this.available(sku, given)) > 0)
      throw new RangeError(`${sku}: ${quantity} is not available`);
    const level = this.levelOf(sku);
    this.put({ ...level, allocated: addDecimals(level.allocated, quantity) });
  }

  /** Takes a promise back. */
  release(sku: string, quantity: string): void {
    const level = this.levelOf(sku);
    this.put({ ...level, allocated: subtractDecimals(level.allocated, quantity) });
    this.loosened.add(sku);
  }

  /**
   * Ends a promise because the warehouse acted on it: what was asked for left, or could not be found, and either way is
   * there no more. A count that was true later than that knows it already.
   */
  settle(sku: string, asked: string, movedAtMs: number, isShort: boolean): void {
    const level = this.levelOf(sku);
    const allocated = subtractDecimals(level.allocated, asked);
    const isCounted = level.countedAtMs !== undefined && movedAtMs <= level.countedAtMs;
    if (isCounted || isShort) this.loosened.add(sku);
    if (isCounted) return this.put({ ...level, allocated });
    this.left.push({ sku, movedAtMs, quantity: asked });
    this.put({ ...level, allocated, onHand: subtractDecimals(level.onHand, asked) });
  }

  /**
   * Takes over a count, less what left after it was true. False for a count older than the one that stands: it changes
   * nothing.
   */
  count(sku: string, counted: string, countedAtMs: number, movedSince: string): boolean {
    const level = this.levelOf(sku);
    if (level.countedAtMs !== undefined && countedAtMs < level.countedAtMs) return false;
    this.put({ ...level, onHand: subtractDecimals(counted, movedSince), countedAtMs });
    this.loosened.add(sku);
    return true;
  }

  /** Products of which something may have become free for whoever waits. */
  onOffer(): string[] {
    return [...this.loosened].filter((sku) => isPositive(this.available(sku)));
  }

  /** Levels to be written. */
  changes(): StockLevel[] {
    return [...this.touched].map((sku) => this.levelOf(sku));
  }

  /** What left, to be written. */
  moves(): readonly StockMove[] {
    return this.left;
  }

  private put(level: StockLevel): void {
    this.levels.set(level.sku, level);
    this.touched.add(level.sku);
  }

  private levelOf(sku: string): StockLevel {
    const level = this.levels.get(sku);
    if (level === undefined) throw new Error(`the stock of ${sku} was not locked`);
    return level;
  }
}
