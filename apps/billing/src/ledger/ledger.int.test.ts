import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { billingUnderTest, type BillingUnderTest } from '../testing/billing-under-test.js';
import type { Posting } from './domain/postings.js';
import { LedgerStore } from './store/ledger.store.js';

let test: BillingUnderTest;
beforeAll(async () => {
  test = await billingUnderTest();
});
afterAll(() => test.stop());

function post(...postings: readonly Posting[]): Promise<void> {
  return test.service.context.db.transaction((tx) => new LedgerStore().post(postings, '2026-02-03', tx));
}
const posting = (entryId: string, account: Posting['account'], amountMinor: number, currency = 'USD'): Posting => ({
  entryId,
  account,
  amountMinor,
  currency,
});

describe('the ledger', () => {
  it('refuses the commit of an entry that is a cent off, and keeps nothing of it', async () => {
    const entryId = randomUUID();
    await expect(post(posting(entryId, 'cash', 100), posting(entryId, 'unapplied', -99))).rejects.toMatchObject({
      constraint: 'ledger_entry_balances',
    });
    expect(await test.rows('SELECT 1 FROM ledger WHERE entry_id = $1', [entryId])).toEqual([]);
  });

  it('refuses an entry that balances only across currencies', async () => {
    const entryId = randomUUID();
    await expect(post(posting(entryId, 'cash', 100), posting(entryId, 'unapplied', -100, 'EUR'))).rejects.toMatchObject(
      { constraint: 'ledger_entry_balances' },
    );
  });

  it('looks at the commit, not before: the lines of an entry may be booked one by one', async () => {
    const entryId = randomUUID();
    await test.service.context.db.transaction(async (tx) => {
      const store = new LedgerStore();
      await store.post([posting(entryId, 'cash', 100)], '2026-02-03', tx);
      await store.post([posting(entryId, 'unapplied', -100)], '2026-02-03', tx);
    });
    expect(await test.ledger()).toMatchObject({ cash: 100, unapplied: -100 });
  });

  it('is never changed or shortened', async () => {
    const entryId = randomUUID();
    await post(posting(entryId, 'cash', 5), posting(entryId, 'unapplied', -5));
    await expect(test.rows('UPDATE ledger SET amount_minor = 6 WHERE entry_id = $1', [entryId])).rejects.toMatchObject({
      constraint: 'ledger_append_only',
    });
    await expect(test.rows('DELETE FROM ledger WHERE entry_id = $1', [entryId])).rejects.toMatchObject({
      constraint: 'ledger_append_only',
    });
    await expect(test.rows('TRUNCATE ledger')).rejects.toMatchObject({ constraint: 'ledger_append_only' });
  });
});
