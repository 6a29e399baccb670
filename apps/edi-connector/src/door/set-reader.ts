import { issue, judgeSet, loopsOf, type Issue, type TransactionSet } from '@railhead/x12';
import { toGroupOpinion, type GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { ReceivedMessage } from '../inbound/message.js';
import { toOrder, type Arrival } from '../inbound/purchase-order.mapper.js';
import { readMessage } from '../inbound/set-readers.js';
import { schemasFor } from '../partners/partner-schemas.js';
import { policyOf } from './judge.js';
import type { ReceivedOrder } from './received-interchange.js';

/** What a set turned out to be, with the faults that its content adds to those of its syntax. */
export interface ExaminedSet {
  readonly set: TransactionSet;
  readonly order?: ReceivedOrder;
  readonly opinion?: GroupOpinion;
  readonly message?: ReceivedMessage;
  /** It cannot become an order, however lenient we are with this partner. */
  readonly isImpossible?: boolean;
}

const ACKNOWLEDGMENTS: ReadonlySet<string> = new Set(['997', '999']);

/** Looks into a set: an 850 becomes an order, a 997 or 999 an opinion, others what `set-readers.ts` makes of them. */
export function examine(set: TransactionSet, arrival: Arrival, fits: (order: ReceivedOrder) => boolean): ExaminedSet {
  if (set.errors > 0 && !mayStillBeTaken(set, arrival)) return { set };
  if (isCutOff(set) || hasNul(set)) return { set, isImpossible: true };
  if (ACKNOWLEDGMENTS.has(set.code)) {
    const opinion = toGroupOpinion(set);
    return { set, ...(opinion !== undefined && { opinion }) };
  }
  if (set.code !== '850') return examineOther(set, arrival);

  const mapped = toOrder(set, arrival);
  const issues = numbered(mapped.issues, set, arrival);
  if (!mapped.ok) return { set: withFaults(set, issues), isImpossible: true };
  if (!fits(mapped))
    return { set: withFaults(set, [fault(set, 'set-too-large', 'the order has too many lines; split it')]) };
  return { set: issues.length === 0 ? set : withFaults(set, issues), order: mapped };
}

/** What is neither an order nor an acknowledgement: taken where there is a reader for it and this partner may send it. */
function examineOther(set: TransactionSet, arrival: Arrival): ExaminedSet {
  const read = readMessage(set, arrival);
  if (read === undefined)
    return { set: withFaults(set, [fault(set, 'set-not-supported', `transaction set ${set.code} is not taken here`)]) };
  if (read.ok) return { set, message: read.message };
  return { set: withFaults(set, numbered(read.issues, set, arrival)), isImpossible: true };
}

/** Faults that this partner's policy overlooks: then the set is read as far as it goes, because it is acknowledged as taken. */
function mayStillBeTaken(set: TransactionSet, { partner }: Arrival): boolean {
  return judgeSet(set, policyOf(partner)).verdict !== 'R';
}

/** A set without its end may have lost lines, whatever a policy says. */
const isCutOff = ({ issues }: TransactionSet): boolean => issues.some(({ code }) => code === 'se-missing');

/** No table keeps a text with a NUL, neither ours nor those of whoever takes it over: overlooked, it would stop them all. */
const hasNul = ({ segments }: TransactionSet): boolean => segments[0]?.within.text.includes('\0') === true;

/** The same set with a fault that no policy overlooks: what is not taken must not be acknowledged as taken. */
export function refused(set: TransactionSet): TransactionSet {
  return withFaults(set, [fault(set, 'set-too-large', 'it cannot be taken')]); // AK502 5, one or more segments in error
}

/** Faults of content with their loop (IK303) and the number of their data element (AK402), as faults of syntax have them. */
function numbered(
  faults: readonly Issue[],
  { code, group, segments }: TransactionSet,
  { partner }: Arrival,
): readonly Issue[] {
  if (faults.length === 0) return faults;
  const schema = schemasFor(partner).find(code, group?.version ?? '');
  if (schema === undefined) return faults;
  const loops = loopsOf(segments, schema);
  return faults.map((one) => {
    const { segment = '', element = 0, ordinal = 0 } = one.place;
    const dataElement = schema.rules.get(segment)?.elements[element - 1]?.number;
    const loop = segments[ordinal - 1]?.id === segment ? loops[ordinal - 1] : undefined; // one that is missed stands nowhere
    const place = loop === undefined ? one.place : { loop, ...one.place };
    return { ...(dataElement !== undefined && { dataElement }), ...one, place };
  });
}

function withFaults(set: TransactionSet, faults: readonly Issue[]): TransactionSet {
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  return { ...set, issues: [...set.issues, ...faults], errors: set.errors + errors };
}

function fault(set: TransactionSet, code: 'set-not-supported' | 'set-too-large', message: string): Issue {
  return issue(code, { segment: 'ST', ordinal: 1, element: 1, ...set.range }, message);
}
