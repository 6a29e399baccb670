import type { ServiceUnderTest } from '@railhead/testing';

/**
 * Empties the gateway's order tables between two tests. Behind the lock of the fold, and row by row: facts of the test
 * before may still arrive, and TRUNCATE would lock whole tables in another order than they do.
 */
export async function forgetOrders(test: ServiceUnderTest): Promise<void> {
  await test.rows(`DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('gateway: fold of order rows'));
    DELETE FROM orders_to_fold;
    DELETE FROM facts;
    DELETE FROM orders;
    DELETE FROM tasks;
  END $$`);
}
