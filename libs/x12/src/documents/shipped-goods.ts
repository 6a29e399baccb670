import { sumOfDecimals } from './decimal.js';
import type { HierarchyWriter } from './hierarchy-writer.js';
import { markSegment, type PackMark } from './pack-mark.js';
import { itemSegments, type ShippedItem } from './shipped-item.js';

/**
 * BSN05: how the levels below an order stand in each other. `0001` pallet, pack, item (pick and pack). `0002` pallet, item,
 * pack (standard carton pack): each pack holds one item. `0004` item alone: nothing is told of packs.
 */
export type ShipNoticeStructure = '0001' | '0002' | '0004';

/** A carton with its label. */
export interface ShippedPack {
  readonly mark: PackMark;
  readonly items: readonly ShippedItem[];
}

/** A pallet with its label, and what stands on it. */
export interface ShippedTare {
  readonly mark: PackMark;
  readonly packs: readonly ShippedPack[];
}

/** The goods of one order. */
export interface ShippedGoods {
  /** By pallet and pack; may be empty. */
  readonly tares?: readonly ShippedTare[];
  /** By pack without a pallet; may be empty. */
  readonly packs?: readonly ShippedPack[];
  /** Goods of which the pack is not told. */
  readonly items?: readonly ShippedItem[];
}

/** The structure that can tell of these goods: the wanted one, if it can. */
export function structureFor(all: readonly ShippedGoods[], wanted: ShipNoticeStructure): ShipNoticeStructure {
  const packs = all.flatMap(packsIn);
  if (packs.length === 0 && all.every(({ tares = [] }) => tares.length === 0)) return '0004';
  // A pack of several items would stand under each of them, its label twice.
  return wanted === '0002' && packs.some(({ items }) => items.length !== 1) ? '0001' : wanted;
}

/** Writes the levels below an order. @param order - The number of its own level. */
export function writeGoods(
  tree: HierarchyWriter,
  order: string,
  goods: ShippedGoods,
  structure: ShipNoticeStructure,
): void {
  const { tares = [], packs = [], items = [] } = goods;
  if (structure === '0004') return writeItems(tree, order, sameTogether(itemsIn(goods)));
  const writePacks = structure === '0002' ? writePacksByItem : writePacksWithItems;
  for (const { mark, packs: inside } of tares) writePacks(tree, tree.level('T', order, [markSegment(mark)]), inside);
  writePacks(tree, order, packs);
  writeItems(tree, order, items);
}

function packsIn({ tares = [], packs = [] }: ShippedGoods): readonly ShippedPack[] {
  return [...tares.flatMap((tare) => tare.packs), ...packs];
}

function itemsIn(goods: ShippedGoods): readonly ShippedItem[] {
  return [...packsIn(goods).flatMap(({ items }) => items), ...(goods.items ?? [])];
}

/** The same goods in several packs become one item, with the sum of their quantities. */
function sameTogether(items: readonly ShippedItem[]): readonly ShippedItem[] {
  const same = Map.groupBy(items, (item) => JSON.stringify({ ...item, quantityShipped: '' }));
  return [...same.values()].map((some) => ({
    ...(some[0] as ShippedItem),
    quantityShipped: sumOfDecimals(some.map(({ quantityShipped }) => quantityShipped)),
  }));
}

function writePacksWithItems(tree: HierarchyWriter, parent: string, packs: readonly ShippedPack[]): void {
  for (const { mark, items } of packs) writeItems(tree, tree.level('P', parent, [markSegment(mark)]), items);
}

/** An item for all packs that hold as much of it, with the quantity of one of them (PO401), and those packs below it. */
function writePacksByItem(tree: HierarchyWriter, parent: string, packs: readonly ShippedPack[]): void {
  for (const same of Map.groupBy(packs, ({ items }) => JSON.stringify(items)).values()) {
    const inEach = same[0]?.items[0]?.quantityShipped ?? '';
    const [item] = sameTogether(same.flatMap(({ items }) => items));
    if (item === undefined) continue;
    const id = tree.level('I', parent, itemSegments({ ...item, quantityInPack: inEach }));
    for (const { mark } of same) tree.level('P', id, [markSegment(mark)]);
  }
}

function writeItems(tree: HierarchyWriter, parent: string, items: readonly ShippedItem[]): void {
  for (const item of items) tree.level('I', parent, itemSegments(item));
}
