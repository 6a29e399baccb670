import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readOverlays, STANDARD_SCHEMAS, type SchemaBook } from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import { reasonOf } from './x12-input.js';

const NEXT =
  'Name a file with what a profile has under "schemas", or with one overlay of it: samples/company/edi-overlay.json.';

/** By which rules a file is read. */
export interface OverlayOptions {
  /** A file with what stands in the `schemas` of a partner's profile. */
  readonly overlay?: string;
}

/**
 * What sets are checked against: the standard, with the overlays of a file on top.
 *
 * @throws CliFailure with everything that is wrong with them.
 */
export async function schemasFor(context: CommandContext, { overlay }: OverlayOptions): Promise<SchemaBook> {
  if (overlay === undefined) return STANDARD_SCHEMAS;
  const given = jsonOf(await textOf(context, overlay), overlay);
  const read = readOverlays(Array.isArray(given) ? given : [given]);
  if (read.ok) return read.schemas;
  const faults = read.faults.map(({ path, message }) => {
    const place = Array.isArray(given) ? path : path.slice(1);
    return `  /${place.join('/')}: ${message}`;
  });
  throw new CliFailure(EXIT.unusable, `${overlay} cannot be used:\n${faults.join('\n')}`, NEXT);
}

async function textOf({ cwd }: CommandContext, file: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new CliFailure(EXIT.unusable, `${file} cannot be read: ${reasonOf(error)}`, NEXT);
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliFailure(EXIT.unusable, `${file} is no JSON: ${(error as Error).message}`, NEXT);
  }
}
