/*
 * The judge of sequences. Every key's messages are numbered 1, 2, 3 …; what was seen is looked at in the order it was seen.
 */

/**
 * @param {{ key: string, number: number }[]} seen
 * @param {Map<string, number>} wanted how many messages each key had
 * @returns {{ messages: number, lost: number, again: number, overtaken: number, unknown: number }} `again`: seen before; `overtaken`: a later
 *   one of its key was seen first; `unknown`: nobody sent it
 */
export function judge(seen, wanted) {
  const found = { messages: 0, lost: 0, again: 0, overtaken: 0, unknown: 0 };
  const keys = new Map([...wanted.keys()].map((key) => [key, { numbers: new Set(), highest: 0 }]));
  for (const { key, number } of seen) {
    const at = keys.get(key);
    if (at === undefined || !(number >= 1 && number <= wanted.get(key))) found.unknown += 1;
    else if (at.numbers.has(number)) found.again += 1;
    else {
      at.numbers.add(number);
      if (number < at.highest) found.overtaken += 1;
      at.highest = Math.max(at.highest, number);
    }
  }
  for (const [key, count] of wanted) {
    found.messages += count;
    found.lost += count - keys.get(key).numbers.size;
  }
  return found;
}

/** Faults as sentences; empty when each was seen once and in order. `forgive` names what is no fault here. */
export function faultsOf(found, forgive = []) {
  const sentences = {
    lost: `${found.lost} of ${found.messages} lost`,
    again: `${found.messages} had ${found.again} effects too many`,
    overtaken: `${found.overtaken} of ${found.messages} overtaken by a later one of their key`,
    unknown: `${found.unknown} that nobody sent`,
  };
  return Object.keys(sentences)
    .filter((what) => found[what] > 0 && !forgive.includes(what))
    .map((what) => sentences[what]);
}
