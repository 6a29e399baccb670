import { describe, expect, it } from '@jest/globals';
import type { OrderSentElsewhere } from '@railhead/contracts';
import { aLineState, anOrderState } from '../testing/builders.js';
import { sentElsewhere } from './sent-elsewhere.js';

const news = {
  time: '2026-02-04T08:00:00.000Z',
  data: { orderId: anOrderState().orderId, actor: { kind: 'partner', id: 'my-shop' }, documentId: 'd' },
} as OrderSentElsewhere;

describe('what somebody else has sent of an order', () => {
  it.each([
    ['that has not left here is a task', anOrderState({ lines: [aLineState({ ordered: '10' })] }), 1],
    ['that is not here yet is a task', undefined, 1],
    ['that has left here in part is ours', anOrderState({ lines: [aLineState({ ordered: '10', shipped: '1' })] }), 0],
    ['that was cancelled is none', anOrderState({ lines: [aLineState({ ordered: '10', cancelled: '10' })] }), 0],
  ])('%s', (_what, order, tasks) => {
    expect(sentElsewhere(order, news)).toHaveLength(tasks);
  });

  it('is told with what to do', () => {
    expect(sentElsewhere(undefined, news)).toMatchObject([
      {
        data: { kind: 'sent-elsewhere', detail: expect.stringMatching(/^my-shop has sent .*railhead cancel .*close/) },
      },
    ]);
  });
});
