import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '@railhead/service-kit';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { partnerWith } from '../testing/read-back.js';
import type { DocumentAxes } from './document-axes.js';
import { DocumentDeliverer } from './document.deliverer.js';
import type { Transport } from './transport.js';

const sent: string[] = [];
const transport: Transport = {
  name: 'as2',
  send: async ({ key }) => void sent.push(key),
  lookUp: async () => 'not-done',
};
const delivererFor = (partner: object) =>
  new DocumentDeliverer(transport, new PartnerDirectory([partnerWith(partner)]), {} as DocumentAxes);
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  ...{ deliveryId: '1', kind: 'edi-as2', idempotencyKey: 'answer:1:1', payload: Buffer.from('x') },
  ...{ attributes: { partner: 'acme', fileName: '997-1.edi' }, attempts: 1, tries: 1 },
  ...more,
});

describe('a partner that takes its documents another way by now', () => {
  const deliverer = delivererFor({ transport: 'folder' });

  it('gets so what has not left yet', async () => {
    expect(await deliverer.deliver(delivery())).toBe('other-way:folder');
    expect(await deliverer.lookUp(delivery())).toEqual({ receipt: 'other-way:folder' });
    expect(sent).toEqual([]);
  });

  it('is asked and sent to the old way where an answer was lost: it may be there', async () => {
    expect(await deliverer.lookUp(delivery({ tries: 2 }))).toBe('not-done');
    await deliverer.deliver(delivery({ tries: 2 }));
    await deliverer.deliver(delivery({ idempotencyKey: 'answer:1:1#2' }));
    expect(sent.splice(0)).toEqual(['answer:1:1', 'answer:1:1#2']);
  });
});
