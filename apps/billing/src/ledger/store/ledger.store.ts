import { bigintArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { Posting } from '../domain/postings.js';

const POST = prepared(`
  INSERT INTO ledger (entry_id, account, amount_minor, currency, booked_on)
  SELECT entry_id, account, amount_minor, currency, $5::date
    FROM unnest($1::uuid[], $2::text[], $3::int8[], $4::text[]) AS t(entry_id, account, amount_minor, currency)`);

/** The journal: what was booked, never changed. */
@Injectable()
export class LedgerStore {
  /** Books whole entries; the database refuses the commit of one that does not add up to zero. */
  async post(postings: readonly Posting[], bookedOn: string, tx: Tx): Promise<void> {
    if (postings.length === 0) return;
    await tx.query(POST, [
      uuidArray(postings.map((posting) => posting.entryId)),
      textArray(postings.map((posting) => posting.account)),
      bigintArray(postings.map((posting) => posting.amountMinor)),
      textArray(postings.map((posting) => posting.currency)),
      bookedOn,
    ]);
  }
}
