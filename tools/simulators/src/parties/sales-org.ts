import { anOutboundMessage, recordId, type FakeSalesforce } from '@railhead/crm-connector/testing';
import type { Sending } from '../books.js';
import { salesforceDeal, wonMessage } from '../documents/salesforce-deal.js';
import type { PlannedOrder } from '../plan/planned-order.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';
import { verdictOf, type Verdict } from '../wire/verdict.js';
import type { Buyer } from './buyer.js';

const TIMEOUT_MS = 10_000;
/** Salesforce repeats for a day whatever was not acknowledged; here it gives a refusal three tries. */
const TRIES = 3;
/** A change is older than the message about it. */
const CHANGED_BEFORE_MS = 5_000;
const XML = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

/** A Salesforce organization: pushes outbound messages about won deals, and is asked for them over REST. */
export class SalesOrg implements Buyer {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    private readonly salesforce: FakeSalesforce,
    present: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  send(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    const { organizationId, pathSecret } = this.target.salesforce;
    const isForged = order.intent === 'forged';
    if (!isForged && order.intent !== 'malformed') this.win(order);
    const secret = isForged ? 'nobody-knows-this-address' : pathSecret;
    const message = {
      url: () => this.target.url('crm-connector', `/salesforce/${secret}/outbound-messages`),
      body: wonMessage(order, organizationId, copy === 'renewed'),
      headers: XML,
      slowMs: order.slowMs,
      read: readAnswer,
      refusedTries: TRIES,
    };
    return this.sender.send(message, entry);
  }

  stop(): void {
    this.sender.stop();
  }

  private win(order: PlannedOrder): void {
    const deal = salesforceDeal(order, new Date(Date.now() - CHANGED_BEFORE_MS).toISOString());
    if (!this.salesforce.deals.has(deal.Id)) this.salesforce.deals.set(deal.Id, deal);
  }
}

/** Whether Railhead takes messages of the organization: asked with one about an account, which it acknowledges and leaves alone. */
export async function knowsOrganization(target: Pick<Target, 'url' | 'salesforce'>): Promise<boolean> {
  const { organizationId, pathSecret } = target.salesforce;
  const about = { record: recordId('001', 1), notification: recordId('04n', 1), type: 'Account' };
  const answer = await fetch(target.url('crm-connector', `/salesforce/${pathSecret}/outbound-messages`), {
    method: 'POST',
    headers: XML,
    body: anOutboundMessage(organizationId, [about]),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  return answer !== undefined && readAnswer(answer.status, await answer.text()) === 'accepted';
}

/** Only an acknowledgement that says true counts. */
function readAnswer(status: number, text: string): Verdict {
  if (status === 200) return /<Ack>\s*true\s*<\/Ack>/.test(text) ? 'accepted' : 'again';
  return verdictOf(status) === 'refused' ? 'refused' : 'again';
}
