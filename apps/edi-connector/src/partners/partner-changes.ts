import type { PartnerChange, PartnerVersion } from '../store/partner.store.js';
import type { FileEntry } from './partner-file.js';

const GONE = Buffer.alloc(0);

/**
 * What the file changes. The last change counts, wherever it comes from: an entry is taken over when it differs from what
 * the file said before, so that a change made over the API stays until somebody edits that entry. Who leaves the file
 * ends as a partner, unless the API has changed the profile since.
 */
export function changesByFile(
  entries: readonly FileEntry[],
  latest: readonly PartnerVersion[],
  imported: ReadonlyMap<string, Buffer>,
  file: string,
): PartnerChange[] {
  const from = { origin: 'file' as const, changedBy: file };
  const named = new Set(entries.map(({ partner }) => partner.name));
  const written = entries
    .filter(({ partner, hash }) => imported.get(partner.name)?.equals(hash) !== true)
    .map(({ partner, given, hash }): PartnerChange => {
      const isNew = !latest.some((one) => one.partner === partner.name && one.profile !== null);
      const reason = isNew ? 'new in the file' : 'changed in the file';
      return { ...from, partner: partner.name, profile: given, entryHash: hash, reason };
    });
  const ended = latest
    .filter(({ partner, origin, profile }) => profile !== null && origin === 'file' && !named.has(partner))
    .map(({ partner }): PartnerChange => ({
      ...from,
      partner,
      profile: null,
      entryHash: GONE,
      reason: 'not in the file any more',
    }));
  return [...written, ...ended];
}
