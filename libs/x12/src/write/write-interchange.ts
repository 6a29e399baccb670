import { digits, exactly, filled, oneOf, padded } from './envelope-values.js';
import type { GroupValues, InterchangeValues, SetValues } from './interchange-values.js';
import { X12WriteError } from './write-error.js';
import { writeSettingsOf, type WriteOptions, type WriteSettings } from './write-options.js';
import { clean, writeSegment } from './write-segment.js';

const DEFAULT_VERSION = '00401';

/**
 * Writes one interchange, with ISA padded to its columns and SE01, GE01 and IEA01 counted. Control numbers, dates and
 * times are the caller's; none is ever made up.
 *
 * @throws X12WriteError when a value holds a delimiter or a forbidden character and the policy is to refuse, or when a
 * header value does not fit.
 */
export function writeInterchange(interchange: InterchangeValues, options: WriteOptions = {}): Buffer {
  const settings = writeSettingsOf(options, interchange.version ?? DEFAULT_VERSION);
  const { element, segment } = settings.delimiters;
  const controlNumber = digits(interchange.controlNumber, 9, 'ISA13').padStart(9, '0');
  const count = interchange.groups.length;
  const text = [
    writeIsa(interchange, controlNumber, settings),
    ...(interchange.ta1s ?? []).map((ta1) => writeSegment(ta1, settings)),
    ...interchange.groups.map((group) => writeGroup(group, settings)),
    ['IEA', String(count), controlNumber].join(element) + segment + settings.suffix,
  ].join('');
  return Buffer.from(text, 'latin1');
}

/** Columns are counted in bytes: an ISA is written in ASCII, whatever the rest is. */
function writeIsa(interchange: InterchangeValues, controlNumber: string, settings: WriteSettings): string {
  const { element, segment, component, repetition } = settings.delimiters;
  const text = (value: string, place: string) => clean(value, place, { ...settings, encoding: 'ascii' });
  const { senderQualifier, senderId, receiverQualifier, receiverId, date, time, usage } = interchange;
  const elements = [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    exactly(text(senderQualifier, 'ISA05'), 2, 'ISA05'),
    padded(text(senderId, 'ISA06'), 15, 'ISA06'),
    exactly(text(receiverQualifier, 'ISA07'), 2, 'ISA07'),
    padded(text(receiverId, 'ISA08'), 15, 'ISA08'),
    exactly(digits(date, 6, 'ISA09'), 6, 'ISA09'),
    exactly(digits(time, 4, 'ISA10'), 4, 'ISA10'),
    repetition ?? 'U',
    exactly(digits(interchange.version ?? DEFAULT_VERSION, 5, 'ISA12'), 5, 'ISA12'),
    controlNumber,
    interchange.acknowledgmentRequested === true ? '1' : '0',
    oneOf(usage, ['P', 'T', 'I'], 'ISA15'),
    component,
  ];
  return elements.join(element) + segment + settings.suffix;
}

function writeGroup(group: GroupValues, settings: WriteSettings): string {
  const { functionalId, date, time, version = '004010' } = group;
  const controlNumber = digits(group.controlNumber, 9, 'GS06');
  const who = [filled(group.senderCode, 15, 'GS02'), filled(group.receiverCode, 15, 'GS03')];
  const when = [digits(date, 8, 'GS04'), digits(time, 8, 'GS05')];
  const header = ['GS', exactly(functionalId, 2, 'GS01'), ...who, ...when, controlNumber] as const;
  return [
    writeSegment([...header, 'X', filled(version, 12, 'GS08')], settings),
    ...group.sets.map((set) => writeSet(set, settings)),
    writeSegment(['GE', String(group.sets.length), controlNumber], settings),
  ].join('');
}

function writeSet(set: SetValues, settings: WriteSettings): string {
  if (!/^[A-Za-z0-9]{4,9}$/.test(set.controlNumber)) {
    throw new X12WriteError('BAD_ENVELOPE', 'ST02', 'a control number has four to nine letters or digits');
  }
  const count = String(set.segments.length + 2);
  return [
    writeSegment(['ST', exactly(set.code, 3, 'ST01'), set.controlNumber, set.implementation], settings),
    ...set.segments.map((segment) => writeSegment(segment, settings)),
    writeSegment(['SE', count, set.controlNumber], settings),
  ].join('');
}
