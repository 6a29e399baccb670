import { FUNCTIONAL_IDS, type KnownSetCode } from '../documents/functional-ids.js';
import { writeInterchange } from '../write/write-interchange.js';
import type { SegmentValues } from '../write/segment-values.js';
import { issuesOf, readAll, setsIn } from './fixtures.js';

/** The releases that every document of ours is tried in. */
export const RELEASES = ['004010', '005010'] as const;
export type Release = (typeof RELEASES)[number];

/** A set of ours in an interchange of a release. */
export function interchangeWith(code: KnownSetCode, segments: readonly SegmentValues[], release: Release): Buffer {
  const when = { date: '261102', time: '0915', controlNumber: '7', usage: 'T' } as const;
  const who = { senderQualifier: 'ZZ', senderId: 'SELLER', receiverQualifier: 'ZZ', receiverId: 'BUYER' };
  const group = {
    functionalId: FUNCTIONAL_IDS[code],
    senderCode: 'SELLER',
    receiverCode: 'BUYER',
    date: '20261102',
    time: '0915',
    controlNumber: '7',
    version: release,
    sets: [{ code, controlNumber: '0001', segments }],
  };
  const version = release === '005010' ? '00501' : '00401';
  return writeInterchange({ ...when, ...who, version, groups: [group] });
}

/** What our own reader, with all its checks, thinks of a document of ours. */
export function problemsOf(code: KnownSetCode, segments: readonly SegmentValues[], release: Release): string[] {
  return setsIn(readAll(interchangeWith(code, segments, release))).flatMap(issuesOf);
}

/** Segments as people write them, without separators at the end. */
export function linesOf(segments: readonly SegmentValues[]): string[] {
  return segments.map(([id, ...values]) => {
    const texts = values.map((value) => (Array.isArray(value) ? value.join('>') : String(value ?? '')));
    return [id, ...texts].join('*').replace(/\*+$/, '');
  });
}
