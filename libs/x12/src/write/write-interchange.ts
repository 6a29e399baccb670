import type { GroupValues, InterchangeValues, SetValues } from './interchange-values.js';
import { X12WriteError } from './write-error.js';
import { writeSettingsOf, type WriteOptions, type WriteSettings } from './write-options.js';
import { clean, writeSegment } from './write-segment.js';

const DEFAULT_VERSION = '00401';

/**
 * Writes one interchange, with ISA padded to its columns and SE01, GE01 and IEA01 counted.
 *
 * @throws X12WriteError when a value holds a delimiter or a forbidden character and the policy is to refuse, or when a
 * header value does not fit.
 */
export function writeInterchange(interchange: InterchangeValues, options: WriteOptions = {}): Buffer {
  const settings = writeSettingsOf(withRepetition(interchange, options));
  const { element, segment } = settings.delimiters;
  const controlNumber = digits(interchange.controlNumber, 9, 'ISA13').padStart(9, '0');
  const count = interchange.groups.length;
  const text = [
    writeIsa(interchange, controlNumber, settings),
    ...(interchange.ta1s ?? []).map((ta1) => writeSegment(ta1, settings)),
    ...interchange.groups.map((group) => writeGroup(group, settings)),
    ['IEA', String(count), controlNumber].join(element) + segment + settings.suffix,
  ].join('');
  return Buffer.from(text, settings.encoding);
}

/** From 00402 on ISA11 must name a repetition separator. */
function withRepetition(interchange: InterchangeValues, options: WriteOptions): WriteOptions {
  const version = interchange.version ?? DEFAULT_VERSION;
  const delimiters = options.delimiters ?? { element: '*', segment: '~', component: '>' };
  if (version < '00402') return { ...options, delimiters: { ...delimiters, repetition: undefined } };
  return { ...options, delimiters: { ...delimiters, repetition: delimiters.repetition ?? '^' } };
}

function writeIsa(interchange: InterchangeValues, controlNumber: string, settings: WriteSettings): string {
  const { element, segment, component, repetition } = settings.delimiters;
  const fixed = (value: string, width: number, place: string) => exactly(clean(value, place, settings), width, place);
  const elements = [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    fixed(interchange.senderQualifier, 2, 'ISA05'),
    padded(clean(interchange.senderId, 'ISA06', settings), 15, 'ISA06'),
    fixed(interchange.receiverQualifier, 2, 'ISA07'),
    padded(clean(interchange.receiverId, 'ISA08', settings), 15, 'ISA08'),
    exactly(digits(interchange.date, 6, 'ISA09'), 6, 'ISA09'),
    exactly(digits(interchange.time, 4, 'ISA10'), 4, 'ISA10'),
    repetition ?? 'U',
    exactly(digits(interchange.version ?? DEFAULT_VERSION, 5, 'ISA12'), 5, 'ISA12'),
    controlNumber,
    interchange.acknowledgmentRequested === true ? '1' : '0',
    interchange.usage,
    component,
  ];
  return elements.join(element) + segment + settings.suffix;
}

function writeGroup(group: GroupValues, settings: WriteSettings): string {
  const { functionalId, senderCode, receiverCode, date, time, version = '004010' } = group;
  const controlNumber = digits(group.controlNumber, 9, 'GS06');
  const header = ['GS', functionalId, senderCode, receiverCode, date, time, controlNumber, 'X', version] as const;
  return [
    writeSegment(header, settings),
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
    writeSegment(['ST', set.code, set.controlNumber, set.implementation], settings),
    ...set.segments.map((segment) => writeSegment(segment, settings)),
    writeSegment(['SE', count, set.controlNumber], settings),
  ].join('');
}

function digits(value: string, lengthMax: number, place: string): string {
  if (/^\d+$/.test(value) && value.length <= lengthMax) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `needs one to ${lengthMax} digits`);
}

function exactly(value: string, width: number, place: string): string {
  if (value.length === width) return value;
  throw new X12WriteError('BAD_ENVELOPE', place, `needs ${width} characters`);
}

function padded(value: string, width: number, place: string): string {
  if (value.trim() !== '' && value.length <= width) return value.padEnd(width, ' ');
  throw new X12WriteError('BAD_ENVELOPE', place, `needs one to ${width} characters`);
}
