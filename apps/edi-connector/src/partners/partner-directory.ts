import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Partner } from './partner.js';

/** Who we exchange documents with. */
@Injectable()
export class PartnerDirectory {
  constructor(readonly all: readonly Partner[]) {}

  byName(name: string): Partner | undefined {
    return this.all.find((partner) => partner.name === name);
  }

  /** The partner behind the sender of an interchange (ISA05, ISA06). */
  bySender(qualifier: string, id: string): Partner | undefined {
    return this.all.find(({ them }) => them.qualifier === qualifier && them.id === id);
  }

  /** The partner whose key this is. Takes the same time whatever the key. */
  byKey(key: string): Partner | undefined {
    const hash = createHash('sha256').update(key).digest();
    let found: Partner | undefined;
    for (const partner of this.all) {
      const expected = Buffer.from(partner.keySha256 ?? '', 'hex');
      if (expected.length === hash.length && timingSafeEqual(expected, hash)) found = partner;
    }
    return found;
  }
}
