/** What may stand next; `first…` also the end of what has just begun. */
type Wanted = 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'rest';

/**
 * Where broken JSON breaks: the first character that cannot stand where it stands, or the end. One pass, whatever is in it:
 * whoever sends it has not shown a key yet.
 */
export function faultPlace(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  for (let at = afterBlanks(text, 0); at < text.length; at = afterBlanks(text, at)) {
    const sign = text[at] ?? '';
    if (isEnd(sign, wanted, open)) {
      open.pop();
      [wanted, at] = ['rest', at + 1];
    } else if (wanted === 'rest') {
      if (sign !== ',' || open.length === 0) return at;
      [wanted, at] = [open.at(-1) === '{' ? 'key' : 'value', at + 1];
    } else if (wanted === 'colon') {
      if (sign !== ':') return at;
      [wanted, at] = ['value', at + 1];
    } else if (wanted === 'key' || wanted === 'firstKey') {
      const end = sign === '"' ? afterString(text, at) : ~at;
      if (end < 0) return ~end;
      [wanted, at] = ['colon', end];
    } else if (sign === '{' || sign === '[') {
      open.push(sign);
      [wanted, at] = [sign === '{' ? 'firstKey' : 'firstValue', at + 1];
    } else {
      const end = afterScalar(text, at);
      if (end < 0) return ~end;
      [wanted, at] = ['rest', end];
    }
  }
  return text.length;
}

function isEnd(sign: string, wanted: Wanted, open: readonly string[]): boolean {
  const last = open.at(-1);
  if (sign === '}') return last === '{' && (wanted === 'rest' || wanted === 'firstKey');
  return sign === ']' && last === '[' && (wanted === 'rest' || wanted === 'firstValue');
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (isOneOf(' \t\n\r', text[at])) at += 1;
  return at;
}

/** Where it ends; where it breaks is said as the complement. */
function afterScalar(text: string, from: number): number {
  const sign = text[from];
  if (sign === '"') return afterString(text, from);
  const word = ['true', 'false', 'null'].find((one) => one[0] === sign);
  return word === undefined ? afterNumber(text, from) : afterWord(text, from, word);
}

function afterWord(text: string, from: number, word: string): number {
  for (let n = 0; n < word.length; n += 1) if (text[from + n] !== word[n]) return ~(from + n);
  return from + word.length;
}

function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '"') return at + 1;
    if (sign < ' ') return ~at;
    if (sign !== '\\') continue;
    at += 1;
    if (text[at] === 'u') {
      for (let n = 0; n < 4; n += 1) if (!/[0-9a-f]/i.test(text[(at += 1)] ?? '')) return ~at;
    } else if (!isOneOf('"\\/bfnrt', text[at])) return ~at;
  }
  return ~text.length;
}

function afterNumber(text: string, from: number): number {
  const start = text[from] === '-' ? from + 1 : from;
  let at = text[start] === '0' ? start + 1 : afterDigits(text, start);
  if (at >= 0 && text[at] === '.') at = afterDigits(text, at + 1);
  if (at >= 0 && isOneOf('eE', text[at])) at = afterDigits(text, isOneOf('+-', text[at + 1]) ? at + 2 : at + 1);
  return at;
}

/** One at least. */
function afterDigits(text: string, from: number): number {
  let at = from;
  while (isOneOf('0123456789', text[at])) at += 1;
  return at === from ? ~from : at;
}

function isOneOf(signs: string, sign: string | undefined): boolean {
  return sign !== undefined && signs.includes(sign);
}
