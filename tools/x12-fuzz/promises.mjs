// What the reader and the acknowledger promise for any bytes.
import { Acknowledger, InterchangeReader, readAcknowledgment, readInterchanges, writeInterchange } from '@railhead/x12';

const LISTED_MAX = 101;

const ENVELOPE = {
  senderQualifier: 'ZZ',
  senderId: 'US',
  receiverQualifier: 'ZZ',
  receiverId: 'THEM',
  date: '261102',
  time: '0915',
  controlNumber: '1',
  usage: 'T',
};
const GROUP = {
  functionalId: 'FA',
  senderCode: 'US',
  receiverCode: 'THEM',
  date: '20261102',
  time: '0915',
};

/** Reads as the product does: issues for everything, an answer in both forms. @returns the units and the answers. */
export function readAndAnswer(bytes) {
  const answerers = ['997', '999'].map((format) => new Acknowledger({ format }));
  const units = [];
  const answers = [];
  for (const unit of readInterchanges(bytes)) {
    units.push(unit);
    for (const answerer of answerers) {
      const answer = answerer.take(unit);
      if (answer !== undefined) answers.push(answer);
    }
  }
  return { units, answers };
}

/** The promises about what was read. @throws Error that names the broken one. */
export function checkUnits(units) {
  const count = (kind) => units.filter((unit) => unit.kind === kind).length;
  promise(count('interchange') === count('interchange-end'), 'every interchange that begins ends');
  for (const unit of units) {
    promise((unit.issues?.length ?? 0) <= LISTED_MAX, 'the list of issues is bounded');
    if (unit.kind === 'set') promise(unit.segments.length > 0, 'a set has a segment');
    for (const { place } of unit.issues ?? []) promise(place.from <= place.to, 'a place has a range');
  }
}

/** The sizes of the chunks change nothing. @throws Error when they do. */
export function checkChunks(bytes, units, random) {
  const reader = new InterchangeReader();
  const again = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.below(random.oneOf([1, 7, 90, 2000, 60_000]));
    again.push(...reader.push(Buffer.from(bytes.subarray(at, at + size))));
    at += size;
  }
  again.push(...reader.end());
  promise(again.map(inShort).join('\n') === units.map(inShort).join('\n'), 'chunks of any size give the same');
}

/** An answer can be written, read without an issue, and says what was meant. @throws Error when not. */
export function checkAnswer(answer) {
  const groups = answer.groups.map((group, index) => ({
    ...GROUP,
    controlNumber: String(index + 1),
    version: group.version,
    sets: [
      {
        code: group.code,
        controlNumber: '0001',
        implementation: group.implementation,
        segments: group.segments,
      },
    ],
  }));
  const written = writeInterchange({ ...ENVELOPE, version: '00501', ta1s: [answer.ta1], groups });
  const units = [...readInterchanges(written)];
  const issues = units.flatMap((unit) => unit.issues ?? []);
  promise(issues.length === 0, `our answer is clean, not ${issues[0]?.code} ${issues[0]?.message}`);
  const sets = units.filter(({ kind }) => kind === 'set');
  promise(sets.length === answer.groups.length, 'our answer has a set for each group');
  sets.forEach((set, index) => {
    const read = readAcknowledgment(set);
    promise(read?.code === answer.groups[index].verdict, 'our answer reads as it was meant');
  });
}

function inShort(unit) {
  const { from, to } = unit.range ?? unit.interchange?.range ?? { from: 0, to: 0 };
  const issues = [...(unit.issues ?? []), ...(unit.issue === undefined ? [] : [unit.issue])];
  const places = issues.map(({ code, place }) => `${code}@${place.from}-${place.to}`);
  return [unit.kind, from, to, unit.errors, unit.segments?.length, ...places].join(' ');
}

function promise(kept, what) {
  if (!kept) throw new Error(`broken: ${what}`);
}
