import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { Clock } from '@railhead/service-kit';
import { toInterchange, type Content } from '../outbound/envelope.js';
import type { Partner } from '../partners/partner.js';
import { ControlNumberStore } from '../store/control-number.store.js';

/** Writes what a partner is told about an interchange: TA1 and 997. */
@Injectable()
export class AnswerWriter {
  constructor(
    private readonly controlNumbers: ControlNumberStore,
    private readonly clock: Clock,
  ) {}

  /** Empty when there is nothing to say, e.g. to an interchange of acknowledgements. */
  async write(partner: Partner, content: Content, tx: Tx): Promise<Buffer> {
    if ((content.ta1s ?? []).length === 0 && (content.sets ?? []).length === 0) return Buffer.alloc(0);
    const [controlNumber = 1] = await this.controlNumbers.take(partner.name, 1, tx);
    return toInterchange(partner, controlNumber, this.clock.now(), content);
  }
}
