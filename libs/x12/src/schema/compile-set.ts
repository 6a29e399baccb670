import { openSegment } from './compile-segments.js';
import { flatten } from './flatten-set.js';
import type { SegmentRule, SetDraft, SetNode, SetSchema } from './schema.js';

const ANY_NUMBER = 0x7fffffff;

/**
 * Reads the notation of `sets-orders-4010.ts`: a list of segments and loops.
 *
 * @param rules - What is known of segments; one that is missing here is carried through without a look at its elements.
 */
export function draftsOf(text: string, rules: ReadonlyMap<string, SegmentRule>): SetDraft[] {
  const tokens = text.match(/[[\]]|[A-Z][A-Z0-9]{1,2}!?(\*\d*)?(=\w+)?/g) ?? [];
  return parse(tokens, { at: 0 }, rules);
}

/** Puts ST in front and SE at the end, and numbers what is between. */
export function compileSet(code: string, release: string, children: readonly SetDraft[], isRelaxed = false): SetSchema {
  const draft: SetDraft = {
    id: 'ST',
    rule: openSegment('ST'),
    isMandatory: true,
    max: 1,
    children,
    isLoop: true,
  };
  const rules = new Map<string, SegmentRule>();
  const root = numbered(draft, { next: 0 }, rules);
  rules.set('SE', openSegment('SE'));
  return { code, release, root, ids: new Set(rules.keys()), rules, isRelaxed, tables: flatten(root, rules) };
}

function parse(tokens: readonly string[], cursor: { at: number }, rules: ReadonlyMap<string, SegmentRule>): SetDraft[] {
  const drafts: SetDraft[] = [];
  while (cursor.at < tokens.length) {
    const token = tokens[cursor.at++] as string;
    if (token === ']') break;
    if (token !== '[') drafts.push(toDraft(token, [], false, rules));
    else {
      const head = tokens[cursor.at++] as string;
      drafts.push(toDraft(head, parse(tokens, cursor, rules), true, rules));
    }
  }
  return drafts;
}

function toDraft(
  token: string,
  children: SetDraft[],
  isLoop: boolean,
  rules: ReadonlyMap<string, SegmentRule>,
): SetDraft {
  const [, id = '', mandatory = '', star = '', count = '', name = id] =
    /^([A-Z0-9]+)(!?)(\*?)(\d*)(?:=(\w+))?$/.exec(token) ?? [];
  const max = star === '' ? 1 : count === '' ? ANY_NUMBER : Number(count);
  const draft = { id, rule: rules.get(id) ?? openSegment(id), isMandatory: mandatory === '!', max, children, isLoop };
  return isLoop ? { ...draft, loopName: name } : draft;
}

/** Numbers the nodes depth first, so that a loop and all inside it are one run of numbers. */
function numbered(draft: SetDraft, counter: { next: number }, rules: Map<string, SegmentRule>): SetNode {
  const index = counter.next++;
  if (!rules.has(draft.id)) rules.set(draft.id, draft.rule);
  const children = draft.children.map((child) => numbered(child, counter, rules));
  return { ...draft, children, index, last: counter.next - 1 };
}
