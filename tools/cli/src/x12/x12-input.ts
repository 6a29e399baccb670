import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext } from '../commands/command.js';
import { CliFailure, EXIT } from '../exit-codes.js';

/** Stands for the standard input. */
const STANDARD_INPUT = '-';
const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of a file, or of the standard input for `-`, in chunks.
 *
 * @throws CliFailure when the file cannot be opened or is a folder.
 */
export async function openInput(context: CommandContext, file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === STANDARD_INPUT) return context.input;
  try {
    const handle = await open(resolve(context.cwd, file));
    if (!(await handle.stat()).isDirectory()) return handle.createReadStream({ highWaterMark: CHUNK_BYTES });
    await handle.close();
  } catch (error) {
    throw cannotRead(file, reasonOf(error));
  }
  throw cannotRead(file, 'it is a folder');
}

function cannotRead(file: string, reason: string): CliFailure {
  return new CliFailure(EXIT.unusable, `${file} cannot be read: ${reason}`, 'Name a file, or - for standard input.');
}

/** Why a file cannot be opened, in words. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EACCES' ? 'it may not be opened' : String(code ?? error);
}

/**
 * @param because - What the reader says about the bytes.
 * @throws CliFailure for an input in which there is nothing to read.
 */
export function unreadable(file: string, because = 'no interchange was found'): CliFailure {
  return new CliFailure(
    EXIT.unusable,
    `${file === STANDARD_INPUT ? 'standard input' : file}: ${because}`,
    'An interchange begins with the three letters ISA, in capitals.',
  );
}
