const ELEMENT = /^\d{1,4} (AN|ID|R|DT|TM|N\d?) (\d{1,6})\/(\d{1,6})( [^\s]{1,80})*$/;
const COMPOSITE = /^C\d{3}( (\?|\d{1,4})!?)+$/;
const SEGMENT = /^[A-Z][A-Z0-9]{1,2}( (\?|C?\d{1,4})!?(\^\d{0,6})?)+( \.\.\.)?( \|( [PRECLprecl](\d\d){2,})+)?$/;
const TOKENS = /\[|\]|[A-Z][A-Z0-9]{1,2}!?(?:\*\d{0,6})?(?:=\w{1,6})?/g;
const LAYOUT = /^(\s|\[|\]|[A-Z][A-Z0-9]{1,2}!?(\*\d{0,6})?(=\w{1,6})?(?=[\s[\]]|$))+$/;

const ELEMENTS_MAX = 99;
const SEGMENTS_ADDED_MAX = 40;
const DEPTH_MAX = 8;

/** @throws RangeError for the first line that is not in the notation of `elements-4010.ts`. */
export function checkElements(text: string): void {
  for (const line of linesOf(text)) {
    const [, , min, max] = ELEMENT.exec(line) ?? [];
    if (max === undefined && !COMPOSITE.test(line))
      throw new RangeError(
        `"${line}" is no element: 127 AN 1/50 and 353 ID 2/2 00 01 are, and composites like C040 128! 127!`,
      );
    if (max !== undefined && (Number(min) > Number(max) || Number(max) === 0))
      throw new RangeError(`"${line}": from ${min} to ${max} characters cannot be`);
  }
}

/** @throws RangeError for the first line that is not in the notation of `segments-4010.ts`. */
export function checkSegments(text: string): void {
  for (const line of linesOf(text)) {
    if (!SEGMENT.test(line)) throw new RangeError(`"${line}" is no segment: REF 128! 127 352 C040 | R0203 is`);
    const [elements = '', notes = ''] = line.split(' |');
    const count = elements.replace(' ...', '').split(' ').length - 1;
    if (count > ELEMENTS_MAX) throw new RangeError(`"${line}" has more than ${ELEMENTS_MAX} elements`);
    const wild = (notes.match(/\d\d/g) ?? []).find((position) => Number(position) < 1 || Number(position) > count);
    if (wild !== undefined) throw new RangeError(`"${line}" has no element ${wild} for its condition to speak of`);
  }
}

/** @throws RangeError when the text is not in the notation of `sets-orders-4010.ts`. */
export function checkLayout(text: string): void {
  const bad = `"${text}" is no list of segments and loops: PWK*5 [N9*10 MSG*100] is`;
  const tokens = LAYOUT.test(text) ? (text.match(TOKENS) ?? []) : [];
  if (tokens.length === 0) throw new RangeError(bad);
  if (tokens.length > SEGMENTS_ADDED_MAX) throw new RangeError(`more than ${SEGMENTS_ADDED_MAX} segments at once`);
  let depth = 0;
  tokens.forEach((token, n) => {
    depth += token === '[' ? 1 : token === ']' ? -1 : 0;
    const isEmpty = token === '[' && !/^[A-Z]/.test(tokens[n + 1] ?? '');
    const isNever = /\*0+(=|$)/.test(token);
    if (depth < 0 || depth > DEPTH_MAX || isEmpty || isNever) throw new RangeError(bad);
  });
  if (depth !== 0) throw new RangeError(bad);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/).join(' '));
  return lines.filter((line) => line !== '');
}
