import { releaseOf } from '../schema/release-of.js';

const OLDEST = '004010';

/** The release in which a group with this GS08 gets its 997: its own, however it writes it, and no older than 004010. */
export function answerRelease(version: string): string {
  const release = releaseOf(version) ?? OLDEST;
  return /^00\d{4}$/.test(release) && release > OLDEST ? release : OLDEST;
}

/** Whether that release has what came with 005010: AK103, AK203, and the codes 12 and 13 in AK403. */
export function isSince5010(version: string): boolean {
  return answerRelease(version) >= '005';
}
