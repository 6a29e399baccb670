import type { DocumentIssue } from '@railhead/contracts';
import { component, element, loops, type Ta1Received, type TransactionSet } from '@railhead/x12';

/** What a partner thinks of a group of ours. We send one set in a group, so it speaks of one document. */
export interface GroupOpinion {
  /** AK101; absent where the whole interchange is meant. */
  readonly functionalId?: string;
  /** Control number of our group, which is that of our interchange too. */
  readonly controlNumber: number;
  readonly accepted: boolean;
  readonly issues: readonly DocumentIssue[];
}

const ACCEPTED = new Set(['A', 'E']);

/** Reads a 997. `undefined` when it names no group. */
export function toGroupOpinion({ segments }: TransactionSet): GroupOpinion | undefined {
  const ak1 = segments.find(({ id }) => id === 'AK1');
  const ak9 = segments.find(({ id }) => id === 'AK9');
  const controlNumber = Number(element(ak1, 2));
  if (!Number.isSafeInteger(controlNumber)) return undefined;
  const issues = loops(segments, 'AK2', ['AK9']).flatMap(({ body }) => faultsIn(body));
  return {
    functionalId: element(ak1, 1) ?? '',
    controlNumber,
    accepted: ACCEPTED.has(element(ak9, 1) ?? ''),
    issues: issues.slice(0, 100),
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

function faultsIn(body: TransactionSet['segments']): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  let at = '';
  for (const segment of body) {
    if (segment.id === 'AK3') {
      at = element(segment, 1) ?? '';
      const code = element(segment, 4) ?? '';
      if (code !== '8')
        issues.push({ code: `AK304_${code}`, at, message: `segment ${element(segment, 2) ?? '?'}: code ${code}` });
    } else if (segment.id === 'AK4') {
      const [code, value] = [element(segment, 3) ?? '', element(segment, 4)];
      const place = `${at}${(component(segment, 1, 1) ?? '').padStart(2, '0')}`;
      issues.push({
        code: `AK403_${code}`,
        at: place,
        message: `code ${code}${value === undefined ? '' : `: ${value}`}`,
      });
    } else if (segment.id === 'AK5') {
      for (let position = 2; position <= segment.elementCount; position++) {
        const code = element(segment, position);
        if (code !== undefined) issues.push({ code: `AK502_${code}`, at: 'ST', message: `set refused, code ${code}` });
      }
    }
  }
  return issues;
}
