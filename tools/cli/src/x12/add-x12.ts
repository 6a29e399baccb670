import type { Command } from 'commander';
import type { CommandContext } from '../commands/command.js';
import type { ExitCode } from '../exit-codes.js';
import type { AckOptions } from './ack.command.js';
import type { OverlayOptions } from './overlay-input.js';

const OVERLAY = ['--overlay <json>', 'a file with a partner’s own rules, as in the "schemas" of its profile'] as const;

const HELP = `
<file> may be - for standard input. Files of any size are read as they come.
Exit codes: 0 good (odd things may be noted); 1 errors were found; 2 there is no interchange to read, or no such file.`;

/** The commands that work on X12 files and need no hub. They are loaded only when they are wanted. */
export function addX12(
  x12: Command,
  act: (command: (context: CommandContext) => Promise<ExitCode>) => Promise<void>,
): void {
  x12.addHelpText('after', HELP);
  x12
    .command('parse <file>')
    .description('the transaction sets as JSON, one on a line')
    .option(...OVERLAY)
    .action((file: string, options: OverlayOptions) =>
      act(async (context) => (await import('./parse.command.js')).parseX12(context, file, options)),
    );
  x12
    .command('validate <file>')
    .description('what is wrong with it, and where')
    .option(...OVERLAY)
    .action((file: string, options: OverlayOptions) =>
      act(async (context) => (await import('./validate.command.js')).validateX12(context, file, options)),
    );
  x12
    .command('ack <file>')
    .description('its acknowledgement as X12: TA1 where one is due, and a 997 for every group')
    .option('--as <set>', '997 or 999', '997')
    .option('--control <n>', 'control number of the first answer; the same input then always gives the same output')
    .option('--at <moment>', 'date and time of the answers, e.g. 2026-11-22T05:00Z')
    .option(...OVERLAY)
    .action((file: string, options: AckOptions) =>
      act(async (context) => (await import('./ack.command.js')).acknowledgeX12(context, file, options)),
    );
  x12
    .command('explain <file>')
    .description('a tree that a person can read: every segment, element and code by its name')
    .option(...OVERLAY)
    .action((file: string, options: OverlayOptions) =>
      act(async (context) => (await import('./explain.command.js')).explainX12(context, file, options)),
    );
  for (const command of x12.commands) command.addHelpText('after', HELP);
}
