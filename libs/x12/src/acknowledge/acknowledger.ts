import type { ReadUnit } from '../read/units.js';
import type { InterchangeHeader } from '../read/units.js';
import { acknowledgeGroup, type GroupAcknowledgment } from './acknowledge-group.js';
import { acknowledgeInterchange, type InterchangeVerdict } from './acknowledge-interchange.js';
import { acknowledgeSet, type SetAcknowledgment } from './acknowledge-set.js';
import { DEFAULT_POLICY, type AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** The answer to one interchange: its TA1, and a 997 for each group that wants one. */
export interface InterchangeAcknowledgment extends InterchangeVerdict {
  readonly interchange: InterchangeHeader;
  /** Without groups of acknowledgements. */
  readonly groups: readonly GroupAcknowledgment[];
}

/**
 * Turns what a reader gives out into acknowledgements. Hand it every unit in order; it answers at each
 * `interchange-end`. It keeps verdicts, not documents.
 */
export class Acknowledger {
  private readonly policy: AcknowledgmentPolicy;
  private sets: SetAcknowledgment[] = [];
  private groups: GroupAcknowledgment[] = [];

  constructor(policy: Partial<AcknowledgmentPolicy> = {}) {
    this.policy = { ...DEFAULT_POLICY, ...policy };
  }

  /** @returns the answer when the unit completes an interchange. */
  take(unit: ReadUnit): InterchangeAcknowledgment | undefined {
    if (unit.kind === 'set') {
      this.sets.push(acknowledgeSet(unit, this.policy));
    } else if (unit.kind === 'group-end') {
      const answer = acknowledgeGroup(unit, this.sets.splice(0), this.policy);
      if (answer !== undefined) this.groups.push(answer);
    } else if (unit.kind === 'interchange-end') {
      this.sets = [];
      return {
        interchange: unit.interchange,
        groups: this.groups.splice(0),
        ...acknowledgeInterchange(unit, this.policy),
      };
    }
    return undefined;
  }
}
