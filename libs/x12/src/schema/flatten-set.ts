import { planSegment } from './plan-segment.js';
import type { SegmentRule, SetNode } from './schema.js';
import type { SegmentPlan, SetTables } from './set-tables.js';

/** Writes the tree of a set down as arrays of numbers, which the walk reads without following objects. */
export function flatten(root: SetNode, rules: ReadonlyMap<string, SegmentRule>): SetTables {
  const nodes = nodesOf(root);
  const inside = [...rules.keys()].filter((id) => id !== 'ST' && id !== 'SE');
  const numbers = new Map(inside.map((id, number) => [id, number]));
  const numberOf = (id: string) => numbers.get(id) ?? 0;
  const loops = nodes.filter(({ isLoop }) => isLoop);
  const plan = planner();
  return {
    numbers,
    idCount: inside.length,
    ids: Uint16Array.from(nodes, ({ id }) => numberOf(id)),
    max: Int32Array.from(nodes, ({ max }) => max),
    last: Int32Array.from(nodes, ({ last }) => last),
    isLoop: Uint8Array.from(nodes, ({ isLoop }) => (isLoop ? 1 : 0)),
    loopNames: loopNamesIn(root, undefined),
    rows: Int32Array.from(nodes, (node) => (node.isLoop ? loops.indexOf(node) * inside.length : -1)),
    first: firstChildren(loops, inside),
    nextSame: nextOfSameId(nodes),
    mandatory: nodes.map(({ children }) => children.filter((child) => child.isMandatory).map(({ index }) => index)),
    plans: nodes.map(({ rule }) => plan(rule)),
    plansById: inside.map((id) => plan(rules.get(id) as SegmentRule)),
    counts: new Int32Array(nodes.length),
    reached: new Int32Array(nodes.length),
  };
}

/** All nodes, in the order of their numbers. */
function nodesOf(node: SetNode): SetNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

function loopNamesIn(node: SetNode, around: string | undefined): (string | undefined)[] {
  const name = node.loopName ?? around;
  return [name, ...node.children.flatMap((child) => loopNamesIn(child, name))];
}

function firstChildren(loops: readonly SetNode[], ids: readonly string[]): Int32Array {
  const rows = loops.flatMap(({ children }) => {
    const byId = new Map(children.toReversed().map(({ id, index }) => [id, index]));
    return ids.map((id) => byId.get(id) ?? -1);
  });
  return Int32Array.from(rows);
}

function nextOfSameId(nodes: readonly SetNode[]): Int32Array {
  const next = new Int32Array(nodes.length).fill(-1);
  for (const { children } of nodes) {
    const seen = new Map<string, number>();
    for (const { id, index } of children.toReversed()) {
      next[index] = seen.get(id) ?? -1;
      seen.set(id, index);
    }
  }
  return next;
}

/** Many nodes share a rule, and then a plan. */
function planner(): (rule: SegmentRule) => SegmentPlan {
  const plans = new Map<SegmentRule, SegmentPlan>();
  return (rule) => {
    const plan = plans.get(rule) ?? planSegment(rule);
    plans.set(rule, plan);
    return plan;
  };
}
