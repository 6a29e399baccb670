import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** How 997 and 999 differ: the 999 has names of its own for the middle segments, and says which guide it follows. */
export interface Dialect {
  readonly segmentError: 'AK3' | 'IK3';
  readonly elementError: 'AK4' | 'IK4';
  readonly setResponse: 'AK5' | 'IK5';
  /** A 999 names where in the business a fault is (CTX). */
  readonly hasContext: boolean;
}

const DIALECTS: Readonly<Record<AcknowledgmentPolicy['format'], Dialect>> = {
  '997': { segmentError: 'AK3', elementError: 'AK4', setResponse: 'AK5', hasContext: false },
  '999': { segmentError: 'IK3', elementError: 'IK4', setResponse: 'IK5', hasContext: true },
};

/** The words of a 997 or a 999. */
export function dialectOf(format: AcknowledgmentPolicy['format']): Dialect {
  return DIALECTS[format];
}
