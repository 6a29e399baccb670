import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { freshInterchange, type Freshness } from '../sending/fresh-interchange.js';
import { freshOrder } from '../sending/fresh-order.js';
import { sendInterchange, sendOrder, type Sent } from '../sending/send-document.js';
import { gatewayOf, type CommandContext } from './command.js';

export interface SendOptions {
  readonly partner?: string;
  readonly newPo?: boolean;
}

/** A control number that this installation has most probably never seen: one of a billion. */
export function freshness(): Freshness {
  return { controlNumber: randomInt(1, 1_000_000_000) };
}

/** Sends an X12 850 or a JSON order. */
export async function sendCommand(
  context: CommandContext,
  file: string,
  { partner, newPo = false }: SendOptions,
): Promise<ExitCode> {
  const bytes = await readFile(file).catch(() => {
    throw new CliFailure(
      EXIT.notFound,
      `there is no file ${file} to read`,
      'Samples are in the folder samples, e.g. samples/850.clean.edi.',
    );
  });
  const isJson = extname(file).toLowerCase() === '.json' || /^\s*\{/.test(bytes.toString('latin1', 0, 100));
  const gateway = gatewayOf(context);
  const sent = isJson
    ? await sendOrder(gateway, newPo ? freshOrder(bytes, freshness()) : bytes)
    : await sendInterchange(gateway, newPo ? freshInterchange(bytes, freshness()) : bytes, partner);
  context.out.result(sent, report(sent));
  return sent.accepted ? EXIT.ok : EXIT.failed;
}

function report(sent: Sent): string {
  const numbers = sent.poNumbers.join(', ') || '(no PO number)';
  const issues = sent.issues.map(({ at, message }) => `  ${at}  ${message}`);
  if (!sent.accepted)
    return [`Refused: ${numbers}${sent.message === '' ? '' : `: ${sent.message}`}`, ...issues, nextOf(sent)].join('\n');
  const what = sent.duplicate ? 'Had it already, nothing was done twice' : 'Taken';
  return [
    `${what}: ${numbers}`,
    ...issues,
    ...sent.poNumbers.map((number) => `See it: railhead status ${number}`),
  ].join('\n');
}

function nextOf({ isKept, error }: Sent): string {
  if (error === 'UNKNOWN_PARTNER')
    return 'The document is kept. Make a profile for that sender (docs/edi.md, 1), then: railhead held list';
  return isKept ? 'The document is kept. Mend it and send it again.' : 'Mend that and send it again.';
}
