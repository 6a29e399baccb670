import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GivenProfile } from '../store/partner.store.js';
import { PartnerFile, type Partner } from './partner.js';
import { withoutRetired } from './retired-fields.js';

/** The file cannot be used; its message names every fault. */
export class BadPartnerFile extends Error {}

/** One partner of the file. */
export interface FileEntry {
  readonly partner: Partner;
  readonly given: GivenProfile;
  /** SHA-256 of the entry: of another file with the same entry it is the same. */
  readonly hash: Buffer;
}

/**
 * Reads the file of partners.
 *
 * @returns `undefined` without a file, which is not the same as a file without partners: a share that is not mounted ends nobody.
 * @throws BadPartnerFile that names every fault.
 */
export function readPartnerFile(file: string): readonly FileEntry[] | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return entriesOf(text, file);
}

function entriesOf(text: string, file: string): readonly FileEntry[] {
  const content = jsonOf(text, file);
  const parsed = PartnerFile.safeParse(asOfNow(content));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  /${issue.path.map(String).join('/')}: ${issue.message}`);
    throw new BadPartnerFile(`Bad partner file ${file}:\n${problems.join('\n')}`);
  }
  const given = (content as { partners: GivenProfile[] }).partners;
  return parsed.data.partners.map((partner, n) => {
    const entry = given[n] ?? {};
    return { partner, given: entry, hash: createHash('sha256').update(JSON.stringify(entry)).digest() };
  });
}

/** The file as it would be written now. What is no file of partners stays as it is. */
function asOfNow(content: unknown): unknown {
  const partners = (content as { partners?: unknown } | null)?.partners;
  if (!Array.isArray(partners)) return content;
  const isEntry = (one: unknown): one is GivenProfile => typeof one === 'object' && one !== null;
  return {
    ...(content as object),
    partners: partners.map((one: unknown) => (isEntry(one) ? withoutRetired(one) : one)),
  };
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadPartnerFile(`Bad partner file ${file}:\n  ${(error as Error).message}`, { cause: error });
  }
}
