/** The digits in front of a version: the release; an industry's own code follows. */
export const RELEASE = /^\d{4,6}/;

/**
 * The release in GS08: its first six digits. Some senders write `4010`, some `00401` as in ISA12.
 *
 * @returns `undefined` where no release can be made out.
 */
export function releaseOf(version: string): string | undefined {
  const digits = RELEASE.exec(version)?.[0];
  return digits?.startsWith('00') === true ? digits.padEnd(6, '0') : digits?.padStart(6, '0');
}
