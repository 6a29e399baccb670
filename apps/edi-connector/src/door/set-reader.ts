import { issue, type Issue, type TransactionSet } from '@railhead/x12';
import { toGroupOpinion, type GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import { toOrder, type Arrival } from '../inbound/purchase-order.mapper.js';
import type { ReceivedOrder } from './received-interchange.js';

/** What a set turned out to be, with the faults that its content adds to those of its syntax. */
export interface ExaminedSet {
  readonly set: TransactionSet;
  readonly order?: ReceivedOrder;
  readonly opinion?: GroupOpinion;
  /** It cannot become an order, however lenient we are with this partner. */
  readonly isImpossible?: boolean;
}

/** Looks into a set: an 850 becomes an order, a 997 an opinion; others are not taken. */
export function examine(set: TransactionSet, arrival: Arrival, fits: (order: ReceivedOrder) => boolean): ExaminedSet {
  if (set.errors > 0 && !mayStillBeTaken(set, arrival)) return { set };
  if (set.code === '997') {
    const opinion = toGroupOpinion(set);
    return { set, ...(opinion !== undefined && { opinion }) };
  }
  if (set.code !== '850')
    return { set: withFaults(set, [fault(set, 'set-not-supported', `transaction set ${set.code} is not taken here`)]) };

  const mapped = toOrder(set, arrival);
  if (!mapped.ok) return { set: withFaults(set, mapped.issues), isImpossible: true };
  if (!fits(mapped))
    return { set: withFaults(set, [fault(set, 'set-too-large', 'the order has too many lines; split it')]) };
  return { set, order: mapped };
}

/** Some partners' faults we agreed to overlook (E): then an 850 whose envelope is whole is read as far as it goes. */
function mayStillBeTaken({ code, issues }: TransactionSet, { partner }: Arrival): boolean {
  const isWhole = issues.every(
    ({ level, severity }) => severity === 'note' || level === 'segment' || level === 'element',
  );
  return code === '850' && partner.acknowledgment.setWithErrors === 'E' && isWhole;
}

/** The same set with a fault that no policy overlooks: what is not taken must not be acknowledged as taken. */
export function refused(set: TransactionSet): TransactionSet {
  return withFaults(set, [fault(set, 'set-too-large', 'it cannot be taken')]); // AK502 5, one or more segments in error
}

function withFaults(set: TransactionSet, faults: readonly Issue[]): TransactionSet {
  return { ...set, issues: [...set.issues, ...faults], errors: set.errors + faults.length };
}

function fault(set: TransactionSet, code: 'set-not-supported' | 'set-too-large', message: string): Issue {
  return issue(code, { segment: 'ST', ordinal: 1, element: 1, ...set.range }, message);
}
