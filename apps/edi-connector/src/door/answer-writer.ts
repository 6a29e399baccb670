import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { Clock } from '@railhead/service-kit';
import { acknowledgeInterchange, DEFAULT_POLICY, issue, type InterchangeAcknowledgment } from '@railhead/x12';
import { toInterchange, type Content } from '../outbound/envelope.js';
import { ControlNumberStore } from '../store/control-number.store.js';
import type { ReceivedInterchange } from './received-interchange.js';

/** Writes what a partner is told about an interchange: TA1 and 997. */
@Injectable()
export class AnswerWriter {
  constructor(
    private readonly controlNumbers: ControlNumberStore,
    private readonly clock: Clock,
  ) {}

  /** Empty when there is nothing to say, e.g. to an interchange of acknowledgements. */
  async write(received: ReceivedInterchange, tx: Tx): Promise<Buffer> {
    return this.send(received, contentOf(received), tx);
  }

  /** The number of this interchange was used for another one before. */
  async refuseReuse(received: ReceivedInterchange, tx: Tx): Promise<Buffer> {
    const { end, header } = received;
    const reused = issue(
      'isa-duplicate',
      { segment: 'ISA', element: 13, ...header.range },
      'ISA13 was used for another interchange',
    );
    const { ta1 } = acknowledgeInterchange({ ...end, issues: [...end.issues, reused] }, DEFAULT_POLICY);
    return this.send(received, { ta1s: [ta1] }, tx);
  }

  private async send({ partner }: ReceivedInterchange, content: Content, tx: Tx): Promise<Buffer> {
    if ((content.ta1s ?? []).length === 0 && (content.sets ?? []).length === 0) return Buffer.alloc(0);
    const [controlNumber = 1] = await this.controlNumbers.take(partner.name, 1, tx);
    return toInterchange(partner, controlNumber, this.clock.now(), content);
  }
}

function contentOf({ partner, header, acknowledgment }: ReceivedInterchange): Content {
  const { ta1 } = partner.acknowledgment;
  const isAsked = header.acknowledgmentRequested || acknowledgment.verdict !== 'A';
  const says = ta1 === 'always' || (ta1 === 'asked' && isAsked);
  return {
    ...(says && { ta1s: [acknowledgment.ta1] }),
    functionalId: 'FA',
    code: '997',
    sets: groupsOf(acknowledgment).map(({ segments }) => segments),
  };
}

/** Nothing of a rejected interchange is taken, so no 997 may say that something was. */
function groupsOf({ verdict, groups }: InterchangeAcknowledgment): InterchangeAcknowledgment['groups'] {
  return verdict === 'R' ? groups.filter((group) => group.verdict === 'R') : groups;
}
