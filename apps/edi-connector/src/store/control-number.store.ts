import { Injectable } from '@nestjs/common';
import { prepared, type Tx } from '@railhead/database';

const LAST = 999_999_999;

const TAKE = prepared(`
  INSERT INTO control_numbers AS c (partner, last_number) VALUES ($1, $2)
  ON CONFLICT (partner) DO UPDATE SET last_number = (c.last_number + $2) % ${LAST}
  RETURNING last_number::float8 AS "lastNumber"`);

/** Control numbers towards each partner: 1, 2, 3 …, without gaps, and after 999,999,999 again 1. */
@Injectable()
export class ControlNumberStore {
  /** Takes the next numbers. They are used when the transaction commits, and free again when it does not. */
  async take(partner: string, count: number, tx: Tx): Promise<number[]> {
    const [row] = await tx.query<{ lastNumber: number }>(TAKE, [partner, count]);
    const last = row?.lastNumber ?? count;
    return Array.from({ length: count }, (_, n) => ((last - count + n + LAST) % LAST) + 1);
  }
}
