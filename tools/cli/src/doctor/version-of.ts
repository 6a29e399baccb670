import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

const TIMEOUT_MS = 20_000;

/** The version a program tells, e.g. `17.0.2`; undefined when there is no such program. */
export function versionOf(program: string, args: readonly string[]): string | undefined {
  const child = spawnSync(program, args, { encoding: 'utf8', timeout: TIMEOUT_MS });
  if (child.error !== undefined || child.status !== 0) return undefined;
  return /\d+(\.\d+)*/.exec(stripVTControlCharacters(child.stdout + child.stderr))?.[0] ?? 'there';
}
