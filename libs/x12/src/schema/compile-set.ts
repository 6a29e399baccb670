import { openSegment } from './compile-segments.js';
import type { SegmentRule, SetNode, SetSchema } from './schema.js';

interface Draft {
  readonly id: string;
  readonly isMandatory: boolean;
  readonly max: number;
  readonly children: Draft[];
  readonly isLoop: boolean;
}

/** Reads the notation of `sets-4010.ts`: a tree of segments and loops, with ST in front and SE at the end. */
export function compileSet(
  code: string,
  release: string,
  text: string,
  rules: ReadonlyMap<string, SegmentRule>,
): SetSchema {
  const tokens = text.match(/[[\]]|[A-Z][A-Z0-9]{1,2}!?(\*\d*)?/g) ?? [];
  const root: Draft = { id: 'ST', isMandatory: true, max: 1, children: parse(tokens, { at: 0 }), isLoop: true };
  const used = new Map<string, SegmentRule>();
  const ruleOf = (id: string) => {
    const rule = used.get(id) ?? rules.get(id) ?? openSegment(id);
    used.set(id, rule);
    return rule;
  };
  const node = number(root, { next: 0 }, ruleOf);
  ruleOf('SE');
  return { code, release, root: node, ids: new Set(used.keys()), rules: used };
}

function parse(tokens: readonly string[], cursor: { at: number }): Draft[] {
  const drafts: Draft[] = [];
  while (cursor.at < tokens.length) {
    const token = tokens[cursor.at++] as string;
    if (token === ']') break;
    if (token !== '[') drafts.push(toDraft(token, [], false));
    else {
      const head = tokens[cursor.at++] as string;
      drafts.push(toDraft(head, parse(tokens, cursor), true));
    }
  }
  return drafts;
}

function toDraft(token: string, children: Draft[], isLoop: boolean): Draft {
  const [, id = '', mandatory = '', star = '', count = ''] = /^([A-Z0-9]+)(!?)(\*?)(\d*)$/.exec(token) ?? [];
  const max = star === '' ? 1 : count === '' ? Number.MAX_SAFE_INTEGER : Number(count);
  return { id, isMandatory: mandatory === '!', max, children, isLoop };
}

/** Numbers the nodes depth first, so that a loop and all inside it are one run of numbers. */
function number(draft: Draft, counter: { next: number }, ruleOf: (id: string) => SegmentRule): SetNode {
  const index = counter.next++;
  const children = draft.children.map((child) => number(child, counter, ruleOf));
  const { id, isMandatory, max, isLoop } = draft;
  const last = counter.next - 1;
  return { id, rule: ruleOf(id), isMandatory, max, isLoop, children, positions: positionsOf(children), index, last };
}

function positionsOf(children: readonly SetNode[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  children.forEach(({ id }, index) => positions.set(id, [...(positions.get(id) ?? []), index]));
  return positions;
}
