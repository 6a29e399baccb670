import type { InterchangeHeader } from '@railhead/x12';
import type { InterchangeId, PartnerProfile } from './partner-profile.js';

/** Who our trading partners are. */
export class PartnerBook {
  private readonly byName: ReadonlyMap<string, PartnerProfile>;
  private readonly bySender: ReadonlyMap<string, PartnerProfile>;

  constructor(readonly profiles: readonly PartnerProfile[]) {
    this.byName = new Map(profiles.map((profile) => [profile.name, profile]));
    this.bySender = new Map(profiles.flatMap((profile) => profile.ids.map((id) => [keyOf(id), profile])));
  }

  named(name: string): PartnerProfile | undefined {
    return this.byName.get(name);
  }

  /** The partner an interchange says it comes from. */
  senderOf({ senderQualifier, senderId }: InterchangeHeader): PartnerProfile | undefined {
    return this.bySender.get(keyOf({ qualifier: senderQualifier, id: senderId }));
  }

  /** The partner a key was given to, with the hash its secret must have. */
  ownerOf(keyId: string): { partner: PartnerProfile; secretSha256: string } | undefined {
    for (const partner of this.profiles) {
      const key = partner.keys.find(({ id }) => id === keyId);
      if (key !== undefined) return { partner, secretSha256: key.secretSha256 };
    }
    return undefined;
  }
}

function keyOf({ qualifier, id }: InterchangeId): string {
  return `${qualifier}/${id}`;
}
