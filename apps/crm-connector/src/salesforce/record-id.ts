const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const RECORD_ID = /^[A-Za-z0-9]{15}([A-Z0-5]{3})?$/;

/** Whether a text has the form of a record id: 15 case-sensitive characters, or those and a suffix of three. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text) && (text.length === 15 || toLongId(text.slice(0, 15)) === text);
}

/** The 18-character form: the suffix says, five characters at a time, which of them are capitals. */
export function toLongId(id: string): string {
  if (id.length !== 15) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = Array.from(id.slice(start, start + 5), (character) => /[A-Z]/.test(character));
    return SUFFIX[capitals.reduce((bits, isCapital, at) => bits | (isCapital ? 1 << at : 0), 0)];
  });
  return id + suffix.join('');
}
