/** Header fields by lower-case name; of several with one name the first. */
export type HeaderFields = ReadonlyMap<string, string>;

/** A field such as `multipart/signed; boundary="x"`: its value in lower case, and its parameters. */
export interface Parameterized {
  readonly value: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const FIELDS_MAX = 100;
const PARAMETERS_MAX = 30;
const NAME = /^[!-9;-~]+$/;
const PARAMETER = /;[ \t]*([!#-'*+.0-9A-Z^-z|~-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))/g;

/** Reads the lines of a header; a line that starts with white space belongs to the one before it. Lines that are no field are passed over. */
export function readHeaderFields(text: string): HeaderFields {
  const fields = new Map<string, string>();
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (!NAME.test(name) || fields.size >= FIELDS_MAX || fields.has(name.toLowerCase())) continue;
    fields.set(name.toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** Cuts a field into its value and its parameters. */
export function readParameterized(field: string | undefined): Parameterized {
  const text = field ?? '';
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(PARAMETER)) {
    if (parameters.size === PARAMETERS_MAX) break;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  for (const [key, value] of extended(parameters)) parameters.set(key, value);
  return { value: (text.split(';', 1)[0] ?? '').trim().toLowerCase(), parameters };
}

/** Parameters in the long form of RFC 2231: cut into pieces (`name*0`, `name*1`), and with a character set (`name*=UTF-8''…`). */
function extended(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const whole = new Map<string, string>();
  for (const key of parameters.keys()) {
    const name = /^([^*]+)\*(0\*?)?$/.exec(key)?.[1];
    if (name !== undefined) whole.set(name, joined(parameters, name));
  }
  return whole;
}

function joined(parameters: ReadonlyMap<string, string>, name: string): string {
  const single = parameters.get(`${name}*`);
  if (single !== undefined) return decoded(single);
  let text = '';
  for (let n = 0; ; n += 1) {
    const piece = parameters.get(`${name}*${n}*`) ?? parameters.get(`${name}*${n}`);
    if (piece === undefined) return parameters.has(`${name}*0*`) ? decoded(text) : text;
    text += piece;
  }
}

/** `charset'language'percent-encoded`; what cannot be decoded stays as it is written. */
function decoded(value: string): string {
  const [, charset = '', text = value] = /^([\w-]*)'[^']*'(.*)$/.exec(value) ?? [];
  try {
    return /^utf-?8$/i.test(charset)
      ? decodeURIComponent(text)
      : text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  } catch {
    return text;
  }
}

/** A parameter's value as it is written: in quotes, with nothing in it that could end them. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '_')}"`;
}
