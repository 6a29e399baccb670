import type { DocumentIssue } from '@railhead/contracts';
import {
  readAcknowledgment,
  type AcknowledgedSegment,
  type AcknowledgedSet,
  type Ta1Received,
  type TransactionSet,
} from '@railhead/x12';

/** What a partner thinks of a group of ours. We send one set in a group, so it speaks of one document. */
export interface GroupOpinion {
  /** AK101; absent where the whole interchange is meant. */
  readonly functionalId?: string;
  /** Control number of our group, which is that of our interchange too. */
  readonly controlNumber: number;
  readonly accepted: boolean;
  /** Some of the group was accepted, some not. */
  readonly isPartial?: boolean;
  readonly issues: readonly DocumentIssue[];
}

/** Reads a 997 or 999. `undefined` when it names no group. */
export function toGroupOpinion(set: TransactionSet): GroupOpinion | undefined {
  const read = readAcknowledgment(set);
  const controlNumber = Number(read?.controlNumber);
  if (read === undefined || read.controlNumber === '' || !Number.isSafeInteger(controlNumber)) return undefined;
  return {
    functionalId: read.functionalId,
    controlNumber,
    accepted: read.outcome === 'accepted' || read.outcome === 'accepted-with-errors',
    isPartial: read.outcome === 'partially-accepted',
    issues: read.sets.flatMap(faultsIn).slice(0, 100),
  };
}

/** A TA1 says something new only when it rejects: then no 997 will follow. */
export function toInterchangeOpinion(ta1: Ta1Received): GroupOpinion | undefined {
  const controlNumber = Number(ta1.controlNumber);
  if (ta1.code !== 'R' || !Number.isSafeInteger(controlNumber)) return undefined;
  return {
    controlNumber,
    accepted: false,
    issues: [{ code: `TA105_${ta1.note}`, at: 'ISA', message: `interchange rejected, note ${ta1.note}` }],
  };
}

function faultsIn({ segments, faults }: AcknowledgedSet): DocumentIssue[] {
  return [
    ...segments.flatMap(faultsOfSegment),
    ...faults.map((code) => ({ code: `AK502_${code}`, at: 'ST', message: `set refused, code ${code}` })),
  ];
}

/** Code 8 says no more than that the elements below are wrong. */
function faultsOfSegment({ segment, ordinal, codes, elements }: AcknowledgedSegment): DocumentIssue[] {
  return [
    ...codes
      .filter((code) => code !== '8')
      .map((code) => ({ code: `AK304_${code}`, at: segment, message: `segment ${ordinal ?? '?'}: code ${code}` })),
    ...elements.map(({ element, code, value }) => ({
      code: `AK403_${code}`,
      at: `${segment}${String(element ?? '').padStart(2, '0')}`,
      message: `code ${code}${value === undefined ? '' : `: ${value}`}`,
    })),
  ];
}
