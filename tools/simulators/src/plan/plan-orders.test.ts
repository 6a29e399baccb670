import { describe, expect, it } from '@jest/globals';
import { controlOf } from '../documents/purchase-order.x12.js';
import { GHOST } from './goods.js';
import { planOrders, type PlanOptions } from './plan-orders.js';
import { CHANNELS, type PlannedOrder } from './planned-order.js';

const plan = (change: Partial<PlanOptions> = {}): readonly PlannedOrder[] =>
  planOrders({ orders: 200, seed: 7, faults: { unknownGoods: 0 }, ...change });
const hitBy = (orders: readonly PlannedOrder[], isHit: (order: PlannedOrder) => boolean): string[] =>
  orders.filter(isHit).map(({ po }) => po);

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    const faults = { duplicates: 0.1, reorder: 0.1, delay: 0.1, malformed: 0.1, wrongSignature: 0.1, slow: 0.1 };
    expect(plan({ faults })).toEqual(plan({ faults }));
    expect(plan({ faults, seed: 8 }).map(({ lines }) => lines)).not.toEqual(plan({ faults }).map(({ lines }) => lines));
  });

  it('uses all channels alike, or only those that are wanted', () => {
    const counts = (orders: readonly PlannedOrder[]) =>
      CHANNELS.map((name) => hitBy(orders, ({ channel }) => channel === name).length);
    expect(counts(plan())).toEqual([40, 40, 40, 40, 40]);
    expect(counts(plan({ channels: ['json', 'edi'] }))).toEqual([100, 0, 0, 0, 100]);
  });

  it('without faults has honest orders only, each once, in turn and at the rate', () => {
    const orders = plan({ rate: 20 });
    expect(
      orders.every(({ intent, copies, slowMs }) => intent === 'sells' && copies.length === 0 && slowMs === 0),
    ).toBe(true);
    expect(orders.slice(0, 3).map(({ atMs }) => atMs)).toEqual([0, 50, 100]);
    expect(
      orders.every(({ aftermath }) => Object.values(aftermath).every((value) => value === false || value === 0)),
    ).toBe(true);
  });

  it('asks for goods that nobody sells once in twenty-five orders unless told otherwise', () => {
    const orders = planOrders({ orders: 200, seed: 7 });
    const rejected = orders.filter(({ intent }) => intent === 'rejects');
    expect(rejected).toHaveLength(8);
    expect(orders.every(({ intent, lines }) => (intent === 'rejects') === lines.some(({ sku }) => sku === GHOST))).toBe(
      true,
    );
  });

  it('has PO numbers that X12 can carry, and numbers of documents that no copy shares', () => {
    const orders = plan({ run: 'FIFTEEN-LETTERS', faults: { duplicates: 1 } });
    expect(Math.max(...orders.map(({ po }) => po.length))).toBeLessThanOrEqual(22);
    const numbers = orders.flatMap((order) => [controlOf(order), controlOf(order, true)]);
    expect(new Set(numbers).size).toBe(400);
    expect(Math.max(...numbers)).toBeLessThan(800_000_000); // above lie the partner's 997s
  });

  it('refuses a name of a run that would not fit', () => {
    expect(() => plan({ run: 'SIXTEEN-LETTERS-' })).toThrow('at most 15');
  });

  it('sends fractions of a cent only where the sender knows them', () => {
    const fractions = plan().filter(({ lines }) => lines.some(({ price }) => price === '0.0375'));
    expect(new Set(fractions.map(({ channel }) => channel))).toEqual(new Set(['edi', 'folder', 'json']));
  });
});

describe('a fault', () => {
  const duplicated = ({ copies }: PlannedOrder): boolean => copies.length > 0;

  it('hits exactly its share, rounded up', () => {
    expect(hitBy(plan({ faults: { duplicates: 0.05 } }), duplicated)).toHaveLength(10);
    expect(hitBy(plan({ faults: { duplicates: 0.001 } }), duplicated)).toHaveLength(1);
    expect(hitBy(plan({ faults: { duplicates: 1 } }), duplicated)).toHaveLength(200);
  });

  it('with a larger share hits whom it hit before, and others', () => {
    const few = hitBy(plan({ faults: { duplicates: 0.05 } }), duplicated);
    const many = hitBy(plan({ faults: { duplicates: 0.2 } }), duplicated);
    expect(many).toHaveLength(40);
    expect(many).toEqual(expect.arrayContaining(few));
  });

  it('does not change what other knobs do', () => {
    const [one, both] = [plan({ faults: { reorder: 0.1 } }), plan({ faults: { reorder: 0.1, slow: 0.3, delay: 0.2 } })];
    expect(both.map(({ overtakenBy, lines }) => ({ overtakenBy, lines }))).toEqual(
      one.map(({ overtakenBy, lines }) => ({ overtakenBy, lines })),
    );
  });

  it('malformed spoils a tenth, in every channel in its own way, and such orders are sent once', () => {
    const spoilt = plan({ orders: 1000, faults: { malformed: 0.1 } }).filter(({ intent }) => intent === 'malformed');
    expect(spoilt).toHaveLength(100);
    expect(spoilt.every(({ flaw, copies }) => flaw !== undefined && copies.length === 0)).toBe(true);
    const flaws = spoilt.filter(({ channel }) => channel === 'salesforce').map(({ flaw }) => flaw);
    expect(new Set(flaws)).toEqual(new Set(['cut-off-xml']));
  });

  it('wrongSignature takes its share of all from those that have a key, never from the folder or the malformed', () => {
    const orders = plan({ orders: 1000, faults: { wrongSignature: 0.1, malformed: 0.1 } });
    const forged = orders.filter(({ intent }) => intent === 'forged');
    expect(forged).toHaveLength(100);
    expect(forged.every(({ channel, flaw }) => channel !== 'folder' && flaw === undefined)).toBe(true);
    expect(hitBy(orders, ({ intent }) => intent === 'malformed')).toHaveLength(100);
  });

  it('wrongSignature hits nobody where nobody has a key', () => {
    const orders = plan({ channels: ['folder'], faults: { wrongSignature: 0.5 } });
    expect(orders.every(({ intent }) => intent !== 'forged')).toBe(true);
  });

  it('reorder lets later orders overtake', () => {
    const orders = plan({ rate: 10, faults: { reorder: 0.05 } });
    const late = orders.filter(({ overtakenBy }) => overtakenBy > 0);
    expect(late).toHaveLength(10);
    expect(late.every(({ n, atMs, overtakenBy }) => atMs === (n + overtakenBy) * 100)).toBe(true);
  });

  it('a copy under new numbers never comes at the same moment as the first', () => {
    const copies = plan({ faults: { duplicates: 1 } }).flatMap(({ copies: all }) => all);
    expect(copies.filter(({ kind, afterMs }) => kind === 'renewed' && afterMs === 0)).toEqual([]);
    expect(copies.some(({ kind, afterMs }) => kind === 'same' && afterMs === 0)).toBe(true);
  });

  it.each([
    ['of a name that nobody knows', { colour: 0.1 } as object],
    ['with more than all', { duplicates: 1.1 }],
    ['with less than nothing', { duplicates: -0.1 }],
    ['with no number', { duplicates: Number.NaN }],
  ])('%s is refused', (_what, faults) => {
    expect(() => plan({ faults })).toThrow(RangeError);
  });
});
