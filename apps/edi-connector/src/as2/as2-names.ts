const NAME_LENGTH_MAX = 128;
const MESSAGE_ID_LENGTH_MAX = 998;
const PRINTABLE = /^[\x20-\x7e]+$/;
const BARE = /^[!#-[\]-~]+$/;

/** Reads an AS2 name (AS2-From, AS2-To): bare, or in quotes where it has spaces. `undefined`: it is none. */
export function readAs2Name(field: string | undefined): string | undefined {
  const text = field?.trim() ?? '';
  const inQuotes = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1];
  const name = inQuotes === undefined ? text : inQuotes.replaceAll(/\\(["\\])/g, '$1');
  return isAs2Name(name) ? name : undefined;
}

/** Writes an AS2 name as a header has it. */
export function writeAs2Name(name: string): string {
  return BARE.test(name) ? name : `"${name.replaceAll(/(["\\])/g, '\\$1')}"`;
}

export function isAs2Name(name: string): boolean {
  return name.length > 0 && name.length <= NAME_LENGTH_MAX && PRINTABLE.test(name);
}

/** A Message-ID as it came, angle brackets and all. `undefined`: absent, too long, or with characters that no header may have. */
export function readMessageId(field: string | undefined): string | undefined {
  const text = field?.trim() ?? '';
  return text.length > 0 && text.length <= MESSAGE_ID_LENGTH_MAX && PRINTABLE.test(text) ? text : undefined;
}

/** A Message-ID with its angle brackets: some servers take them off when they write of a message. */
export function inBrackets(messageId: string): string {
  return messageId.startsWith('<') ? messageId : `<${messageId}>`;
}
