import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Partner } from './partner.js';

/** Who we exchange documents with, as of now. Profiles change while we run: ask again, do not keep one for long. */
@Injectable()
export class PartnerDirectory {
  private partners: readonly Partner[];
  private named: ReadonlyMap<string, Partner>;

  constructor(partners: readonly Partner[]) {
    this.partners = partners;
    this.named = byName(partners);
  }

  get all(): readonly Partner[] {
    return this.partners;
  }

  /** From now on these are our partners. */
  replace(partners: readonly Partner[]): void {
    this.partners = partners;
    this.named = byName(partners);
  }

  byName(name: string): Partner | undefined {
    return this.named.get(name);
  }

  /** The partner whose key this is. Takes the same time whatever the key. */
  byKey(key: string): Partner | undefined {
    const hash = createHash('sha256').update(key).digest();
    let found: Partner | undefined;
    for (const partner of this.partners) {
      const expected = Buffer.from(partner.keySha256 ?? '', 'hex');
      if (expected.length === hash.length && timingSafeEqual(expected, hash)) found = partner;
    }
    return found;
  }
}

/** The partner behind the sender of an interchange (ISA05, ISA06). */
export function senderAmong(partners: readonly Partner[], qualifier: string, id: string): Partner | undefined {
  return partners.find(({ them }) => them.qualifier === qualifier && them.id === id);
}

function byName(partners: readonly Partner[]): ReadonlyMap<string, Partner> {
  return new Map(partners.map((partner) => [partner.name, partner]));
}
