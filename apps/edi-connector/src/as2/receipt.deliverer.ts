import { Failure, type Clock, type Deliverer, type Delivery } from '@railhead/service-kit';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { PartnerGate } from '../transport/partner-gate.js';
import { postAs2 } from './as2-client.js';
import { mayPostReceiptTo } from './envelope.js';
import { HeaderPairs } from './received.store.js';

/** The kind of delivery that posts a receipt of ours. */
export const AS2_RECEIPT = 'edi-as2-receipt';

/** Posts receipts that partners want later. One too many does no harm. */
export class ReceiptDeliverer implements Deliverer {
  readonly kind = AS2_RECEIPT;

  constructor(
    private readonly directory: PartnerDirectory,
    private readonly gate: PartnerGate,
    private readonly clock: Clock,
  ) {}

  async deliver({ payload, attributes }: Delivery): Promise<void> {
    const { url = '', headers = '[]', partner = '', until = '' } = attributes;
    const profile = this.directory.byName(partner)?.as2;
    if (profile === undefined || !mayPostReceiptTo(url, profile))
      throw Failure.permanent('PARTNER_REJECTED', 'receipts are no longer posted there');
    if (this.clock.now().toISOString() > until) throw Failure.permanent('PARTNER_REJECTED', 'nobody took the receipt');
    await this.gate.through(partner, () => postAs2(url, HeaderPairs.parse(JSON.parse(headers)), payload));
  }

  async lookUp(): Promise<'not-done'> {
    return 'not-done';
  }
}
