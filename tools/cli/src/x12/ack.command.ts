import {
  Acknowledger,
  controlNumberAfter,
  readInterchangeStream,
  toAcknowledgmentInterchange,
  writeInterchange,
  type AcknowledgmentStamp,
  type InterchangeAcknowledgment,
} from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { Tally } from './tally.js';
import { schemasFor, type OverlayOptions } from './overlay-input.js';
import { visible } from './visible.js';
import { openInput, unreadable } from './x12-input.js';

/** What a user may say about the answers. */
export interface AckOptions extends OverlayOptions {
  readonly as?: string;
  readonly control?: string;
  readonly at?: string;
}

interface Moment {
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
}

/** Prints the acknowledgement of every interchange: TA1 where one is due, and a 997 or 999 for every group. */
export async function acknowledgeX12(context: CommandContext, file: string, options: AckOptions): Promise<ExitCode> {
  const first = firstControlNumber(options.control);
  const momentOf = momentsOf(options);
  const acknowledger = new Acknowledger({ format: formatOf(options.as) });
  const schemas = await schemasFor(context, options);
  const tally = new Tally();
  let answered = 0;
  for await (const unit of readInterchangeStream(await openInput(context, file), { schemas })) {
    tally.take(unit);
    const answer = acknowledger.take(unit);
    if (answer === undefined) continue;
    const number = controlNumberAfter(first, answered);
    const text = answerText(answer, { ...momentOf(answer), controlNumber: String(number), groupControlNumber: number });
    if (text === undefined) context.out.aside(nothingToSay(answer));
    else await context.out.stream(text);
    answered += text === undefined ? 0 : 1;
  }
  if (tally.interchanges === 0) throw unreadable(file, tally.skipped);
  return tally.exit;
}

function answerText(answer: InterchangeAcknowledgment, stamp: AcknowledgmentStamp): string | undefined {
  const values = toAcknowledgmentInterchange(answer, stamp);
  if (values === undefined) return undefined;
  return writeInterchange(values, { suffix: '\n', forbidden: 'substitute', encoding: 'ascii' }).toString('ascii');
}

function nothingToSay({ interchange }: InterchangeAcknowledgment): string {
  const name = visible(interchange.controlNumber);
  return `interchange ${name} asks for no answer: acknowledgements are not acknowledged`;
}

/** @throws CliFailure for a number that does not fit ISA13. */
function firstControlNumber(text: string | undefined): number {
  if (text === undefined) return controlNumberAfter(1, Math.floor(Date.now() / 1000));
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw wrong(`--control ${text} is no control number`, 'Give one to nine digits, not 0.');
}

/** @throws CliFailure for a document that answers nothing. */
function formatOf(text = '997'): '997' | '999' {
  if (text === '997' || text === '999') return text;
  throw wrong(`--as ${text} is no acknowledgement`, 'Give 997 or 999.');
}

/**
 * When an answer is written: as `--at` says; with `--control` alone when the interchange says that it was written, so
 * that the same input always gives the same output; else now, in UTC.
 *
 * @throws CliFailure for a moment that is none.
 */
function momentsOf({ at, control }: AckOptions): (answer: InterchangeAcknowledgment) => Moment {
  if (at === undefined && control !== undefined) return ({ interchange }) => ownMoment(interchange);
  const moment = at === undefined ? new Date() : new Date(/[zZ]$|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`);
  if (Number.isNaN(moment.getTime())) throw wrong(`--at ${at} is no moment`, 'Give one like 2026-11-22T05:00Z.');
  const stamp = moment.toISOString().replace(/\D/g, '');
  return () => ({ date: stamp.slice(0, 8), time: stamp.slice(8, 12) });
}

function ownMoment({ date, time }: { readonly date: string; readonly time: string }): Moment {
  return {
    date: /^\d{6}$/.test(date) ? `20${date}` : '20000101',
    time: /^\d{4}$/.test(time) ? time : '0000',
  };
}

function wrong(message: string, next: string): CliFailure {
  return new CliFailure(EXIT.unusable, message, next);
}
