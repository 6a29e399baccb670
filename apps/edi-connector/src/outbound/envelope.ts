import { writeInterchange, type SegmentValues } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';

const REPETITIONS = ['^', '!', '|', '<'];

/** What goes into one interchange to a partner. */
export interface Content {
  readonly ta1s?: readonly SegmentValues[];
  /** One functional group with these sets; absent or empty: no group. */
  readonly functionalId?: string;
  readonly code?: string;
  /** GS08, where it is not the partner's usual one. */
  readonly version?: string;
  /** ST03 of every set. */
  readonly implementation?: string;
  readonly sets?: readonly (readonly SegmentValues[])[];
}

/**
 * Writes an interchange to a partner. Interchange and group carry the same control number; sets are counted from 0001.
 *
 * @param at - When; dates and times of the envelope are UTC.
 */
export function toInterchange(partner: Partner, controlNumber: number, at: Date, content: Content): Buffer {
  const { them, us, usage, delimiters, lineBreaks } = partner;
  const { version = partner.version, implementation } = content;
  const stamp = at.toISOString().replace(/\D/g, '');
  const [day, time] = [stamp.slice(0, 8), stamp.slice(8, 12)];
  const sets = (content.sets ?? []).map((segments, index) => ({
    code: content.code ?? '',
    controlNumber: String(index + 1).padStart(4, '0'),
    ...(implementation !== undefined && { implementation }),
    segments,
  }));
  const group = {
    functionalId: content.functionalId ?? '',
    senderCode: us.groupId ?? us.id,
    receiverCode: them.groupId ?? them.id,
    date: day,
    time,
    controlNumber: String(controlNumber),
    version,
    sets,
  };
  return writeInterchange(
    {
      senderQualifier: us.qualifier,
      senderId: us.id,
      receiverQualifier: them.qualifier,
      receiverId: them.id,
      date: day.slice(2),
      time,
      version: version >= '005010' ? '00501' : '00401',
      controlNumber: String(controlNumber),
      usage,
      ...(content.ta1s !== undefined && { ta1s: content.ta1s }),
      groups: sets.length === 0 ? [] : [group],
    },
    // What people typed elsewhere (a shop's note, a product name) may hold a delimiter: it becomes a space, the document goes out.
    {
      ...(delimiters !== undefined && { delimiters: withRepetition(delimiters) }),
      suffix: lineBreaks && delimiters?.segment !== '\n' ? '\n' : '', // which breaks the lines by itself
      forbidden: 'substitute',
    },
  );
}

/** The usual separator of repetitions may be what this partner cuts something else with. */
function withRepetition(delimiters: NonNullable<Partner['delimiters']>) {
  const taken = Object.values(delimiters);
  const { repetition = REPETITIONS.find((one) => !taken.includes(one)) } = delimiters;
  return { ...delimiters, ...(repetition !== undefined && { repetition }) };
}
