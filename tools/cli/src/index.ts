import { once } from 'node:events';
import { CommanderError } from 'commander';
import type { CommandContext } from './commands/command.js';
import { CliFailure, EXIT, type ExitCode } from './exit-codes.js';
import { Output, type Write } from './output/output.js';
import { exitOfUsage, program } from './program.js';

export { EXIT, type ExitCode } from './exit-codes.js';

/** What the command line needs of the process. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Standard input; by default that of this process. */
  readonly input?: AsyncIterable<Uint8Array>;
  readonly write: Write;
  readonly writeAside: (text: string) => void;
}

/**
 * Runs one command line.
 *
 * @param argv - As in `process.argv`.
 * @returns the exit code, see {@link EXIT}. Never throws.
 */
export async function run(argv: readonly string[], surroundings: Surroundings = ofThisProcess()): Promise<ExitCode> {
  const out = new Output(argv.includes('--json'), surroundings.write, surroundings.writeAside);
  const { env, cwd, signal } = surroundings;
  let exit: ExitCode = EXIT.ok;
  const act = async (command: (context: CommandContext) => Promise<ExitCode>): Promise<void> => {
    exit = await command({
      out,
      env,
      cwd,
      signal,
      /** Opened by those who want it only. */
      get input() {
        return surroundings.input ?? process.stdin;
      },
    });
  };
  try {
    await program(act, {
      writeOut: (text) => void surroundings.write(text),
      writeErr: surroundings.writeAside,
    }).parseAsync(argv);
    return exit;
  } catch (error) {
    return failed(error, out);
  }
}

function failed(error: unknown, out: Output): ExitCode {
  if (error instanceof CommanderError) return exitOfUsage(error);
  if (error instanceof CliFailure) {
    out.failure(error.message, error.next, error.details);
    return error.exit;
  }
  out.failure(
    error instanceof Error ? error.message : String(error),
    'This should not happen; "railhead doctor" may know why.',
  );
  return EXIT.unusable;
}

function ofThisProcess(): Surroundings {
  const ended = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ended.abort());
  process.stdout.on('error', endQuietly);
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  const writeAside = (text: string): void => void process.stderr.write(text);
  return { env: process.env, cwd: process.cwd(), signal: ended.signal, write, writeAside };
}

/** Whoever read us has seen enough, like `head`: nobody is left to tell anything. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
}
