import { describe, expect, it } from '@jest/globals';
import type { OffsetsByTopicPartition } from 'kafkajs';
import { OffsetCommits } from './offset-commits.js';

const ORDERS = { topic: 'orders', partition: 3, offset: '8' };

describe('offsets that are committed', () => {
  it('go in one request when their batches end in the same moment, and later ones in another', async () => {
    const requests: OffsetsByTopicPartition[] = [];
    const commit = async (offsets: OffsetsByTopicPartition): Promise<void> => void requests.push(offsets);
    const commits = new OffsetCommits();
    await Promise.all([
      commits.add(ORDERS, commit),
      commits.add({ topic: 'payments', partition: 0, offset: '1' }, commit),
      commits.add({ topic: 'orders', partition: 4, offset: '2' }, commit),
    ]);
    await commits.add({ ...ORDERS, offset: '9' }, commit);
    expect(requests).toEqual([
      {
        topics: [
          {
            topic: 'orders',
            partitions: [
              { partition: 3, offset: '8' },
              { partition: 4, offset: '2' },
            ],
          },
          { topic: 'payments', partitions: [{ partition: 0, offset: '1' }] },
        ],
      },
      { topics: [{ topic: 'orders', partitions: [{ partition: 3, offset: '9' }] }] },
    ]);
  });

  it('are not taken for committed by any of them when the request fails, and the next is a new one', async () => {
    const commits = new OffsetCommits();
    const refuse = (): Promise<void> => Promise.reject(new Error('rebalance'));
    const both = await Promise.allSettled([
      commits.add(ORDERS, refuse),
      commits.add({ ...ORDERS, partition: 4 }, refuse),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(commits.add(ORDERS, async () => {})).resolves.toBeUndefined();
  });
});
