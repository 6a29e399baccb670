import { countOf } from '../read/control-number.js';
import type { TransactionSet } from '../read/units.js';
import { component, element, type Segment } from '../segments/segment.js';
import type {
  AcknowledgedContext,
  AcknowledgedElement,
  AcknowledgedOutcome,
  AcknowledgedSegment,
  AcknowledgedSet,
  AcknowledgmentRead,
} from './acknowledgment-read.js';

const OUTCOMES: ReadonlyMap<string, AcknowledgedOutcome> = new Map([
  ['A', 'accepted'],
  ['E', 'accepted-with-errors'],
  ['P', 'partially-accepted'],
  ['R', 'rejected'],
  ['M', 'rejected'],
  ['W', 'rejected'],
  ['X', 'rejected'],
]);

/** What is kept while the segments go by. */
interface Draft {
  ak1: Segment | undefined;
  ak9: Segment | undefined;
  readonly sets: DraftSet[];
}

interface DraftSet {
  readonly ak2: Segment;
  response: Segment | undefined;
  readonly segments: (DraftFault & { readonly elements: DraftFault[] })[];
}

/** AK3, AK4 or one of their sisters, with its CTX. */
interface DraftFault {
  readonly head: Segment;
  readonly contexts: Segment[];
}

/**
 * Reads a 997 or 999.
 *
 * @returns `undefined` for any other set, and for one that names no group (AK1 is missing).
 */
export function readAcknowledgment(set: TransactionSet): AcknowledgmentRead | undefined {
  if (set.code !== '997' && set.code !== '999') return undefined;
  const draft: Draft = { ak1: undefined, ak9: undefined, sets: [] };
  for (const segment of set.segments) take(segment, draft);
  const { ak1, ak9, sets } = draft;
  if (ak1 === undefined) return undefined;
  return {
    format: set.code,
    functionalId: element(ak1, 1) ?? '',
    controlNumber: element(ak1, 2) ?? '',
    version: element(ak1, 3),
    outcome: outcomeOf(ak9),
    code: element(ak9, 1) ?? '',
    setsIncluded: countOf(element(ak9, 2)),
    setsReceived: countOf(element(ak9, 3)),
    setsAccepted: countOf(element(ak9, 4)),
    faults: codesFrom(ak9, 5),
    sets: sets.map(toSet),
  };
}

function take(segment: Segment, draft: Draft): void {
  const set = draft.sets[draft.sets.length - 1];
  const fault = set?.segments[set.segments.length - 1];
  switch (segment.id) {
    case 'AK1':
      draft.ak1 ??= segment;
      break;
    case 'AK2':
      draft.sets.push({ ak2: segment, response: undefined, segments: [] });
      break;
    case 'AK3':
    case 'IK3':
      set?.segments.push({ head: segment, elements: [], contexts: [] });
      break;
    case 'AK4':
    case 'IK4':
      fault?.elements.push({ head: segment, contexts: [] });
      break;
    case 'CTX':
      (fault?.elements.at(-1) ?? fault)?.contexts.push(segment);
      break;
    case 'AK5':
    case 'IK5':
      if (set !== undefined) set.response ??= segment;
      break;
    case 'AK9':
      draft.ak9 ??= segment;
  }
}

function toSet({ ak2, response, segments }: DraftSet): AcknowledgedSet {
  return {
    code: element(ak2, 1) ?? '',
    controlNumber: element(ak2, 2) ?? '',
    implementation: element(ak2, 3),
    outcome: outcomeOf(response),
    faults: codesFrom(response, 2),
    segments: segments.map(toSegment),
  };
}

function toSegment({ head, elements, contexts }: DraftSet['segments'][number]): AcknowledgedSegment {
  return {
    segment: element(head, 1) ?? '',
    ordinal: countOf(element(head, 2)),
    loop: element(head, 3),
    codes: codesFrom(head, 4),
    elements: elements.map(toElement),
    contexts: contexts.map(toContext),
  };
}

function toContext(context: Segment): AcknowledgedContext {
  return {
    name: component(context, 1, 1) ?? '',
    reference: component(context, 1, 2),
    segment: element(context, 2),
    ordinal: countOf(element(context, 3)),
    loop: element(context, 4),
    element: countOf(component(context, 5, 1)),
    component: countOf(component(context, 5, 2)),
  };
}

function toElement({ head: fault, contexts }: DraftFault): AcknowledgedElement {
  return {
    element: countOf(component(fault, 1, 1)),
    component: countOf(component(fault, 1, 2)),
    repetition: countOf(component(fault, 1, 3)),
    dataElement: element(fault, 2),
    code: element(fault, 3) ?? '',
    value: element(fault, 4),
    contexts: contexts.map(toContext),
  };
}

function outcomeOf(response: Segment | undefined): AcknowledgedOutcome {
  return OUTCOMES.get(element(response, 1) ?? '') ?? 'unclear';
}

function codesFrom(segment: Segment | undefined, position: number): string[] {
  const codes: string[] = [];
  for (let n = position; n <= (segment?.elementCount ?? 0); n++) {
    const code = element(segment, n);
    if (code !== undefined) codes.push(code);
  }
  return codes;
}
