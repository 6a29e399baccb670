import type { InterchangeEnd, InterchangeHeader, ReadUnit } from '../read/units.js';
import { acknowledgeGroup, type GroupAcknowledgment } from './acknowledge-group.js';
import { acknowledgeInterchange, type InterchangeVerdict } from './acknowledge-interchange.js';
import { acknowledgeSet, type SetAcknowledgment } from './acknowledge-set.js';
import { DEFAULT_POLICY, type AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** The answer to one interchange: its TA1, and a 997 or 999 for each group that wants one. */
export interface InterchangeAcknowledgment extends InterchangeVerdict {
  readonly interchange: InterchangeHeader;
  /** Without groups of acknowledgements. */
  readonly groups: readonly GroupAcknowledgment[];
  /** There is nothing but TA1s in it. A TA1 is not answered by a TA1, or two systems would talk for ever. */
  readonly holdsOnlyTa1s: boolean;
}

/**
 * Turns what a reader gives out into acknowledgements. Hand it every unit in order; it answers at each
 * `interchange-end`. It keeps verdicts, not documents, and of a group no more
 * than its answer has room for ({@link AcknowledgmentPolicy.groupSegmentsMax}).
 */
export class Acknowledger {
  private readonly policy: AcknowledgmentPolicy;
  private sets: SetAcknowledgment[] = [];
  private groups: GroupAcknowledgment[] = [];
  /** Something that stands in no group refuses the interchange. */
  private isRefused = false;
  /** Segments about the sets of the group at hand. */
  private segments = 0;
  /** Stand in for sets that the answer has no room for: one object for many. */
  private readonly unlisted = new Map<string, SetAcknowledgment>();

  constructor(policy: Partial<AcknowledgmentPolicy> = {}) {
    this.policy = { ...DEFAULT_POLICY, ...policy };
  }

  /** @returns the answer when the unit completes an interchange. */
  take(unit: ReadUnit): InterchangeAcknowledgment | undefined {
    if (unit.kind === 'set') {
      const answer = acknowledgeSet(unit, this.policy);
      if (unit.group !== undefined) this.sets.push(this.withinBounds(answer));
      else if (answer.rejectsInterchange) this.isRefused = true;
    } else if (unit.kind === 'group-end') {
      const answer = acknowledgeGroup(unit, this.sets, this.policy);
      this.sets = [];
      this.segments = 0;
      if (answer !== undefined) this.groups.push(answer);
    } else if (unit.kind === 'interchange-end') {
      return this.end(unit);
    }
    return undefined;
  }

  private withinBounds(answer: SetAcknowledgment): SetAcknowledgment {
    this.segments += answer.segments.length;
    if (this.segments <= this.policy.groupSegmentsMax) return answer;
    const { verdict, rejectsInterchange } = answer;
    const code = answer.code.slice(0, 3);
    const key = `${code}:${verdict}:${rejectsInterchange}`;
    const known = this.unlisted.get(key) ?? { code, controlNumber: '', verdict, rejectsInterchange, segments: [] };
    this.unlisted.set(key, known);
    return known;
  }

  private end(unit: InterchangeEnd): InterchangeAcknowledgment {
    const groups = this.groups.splice(0);
    const isRefused = this.isRefused || groups.some(({ rejectsInterchange }) => rejectsInterchange);
    const holdsOnlyTa1s = unit.ta1s > 0 && unit.groups + unit.sets === 0;
    this.sets = [];
    this.isRefused = false;
    const verdict = acknowledgeInterchange(unit, this.policy, isRefused);
    return { interchange: unit.interchange, groups, holdsOnlyTa1s, ...verdict };
  }
}
