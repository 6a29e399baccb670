import { Failure, type Clock, type Deliverer, type Delivery } from '@railhead/service-kit';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { PartnerGate } from '../transport/partner-gate.js';
import { postAs2 } from './as2-client.js';
import type { As2Login } from './as2-login.js';
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
    private readonly login: As2Login,
  ) {}

  async deliver({ payload, attributes }: Delivery): Promise<void> {
    const { url = '', headers = '[]', partner: name = '', until = '', login } = attributes;
    const partner = this.directory.byName(name);
    if (partner?.as2 === undefined || !mayPostReceiptTo(url, partner.as2))
      throw Failure.permanent('PARTNER_REJECTED', 'receipts are no longer posted there');
    if (this.clock.now().toISOString() > until) throw Failure.permanent('PARTNER_REJECTED', 'nobody took the receipt');
    const who = login === undefined ? await this.login.at(url, partner) : await this.login.ofKept(login, url, name);
    const all = [...HeaderPairs.parse(JSON.parse(headers)), ...who];
    await this.gate.through(name, () => postAs2(url, all, payload));
  }

  async lookUp(): Promise<'not-done'> {
    return 'not-done';
  }
}
