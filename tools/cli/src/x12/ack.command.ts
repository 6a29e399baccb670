import {
  Acknowledger,
  controlNumberAfter,
  isDate,
  isTime,
  readInterchangeStream,
  toAcknowledgmentInterchange,
  writeInterchange,
  type InterchangeAcknowledgment,
  type Issue,
  type InterchangeValues,
  type ReadUnit,
} from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { issueLine } from './issue-line.js';
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
  let groups = 0;
  for await (const unit of readInterchangeStream(await openInput(context, file), { schemas })) {
    const issues = tally.take(unit);
    if (unit.kind === 'skipped') for (const issue of errorsIn(issues)) context.out.aside(issueLine(issue));
    const answer = acknowledger.take(unit);
    if (answer === undefined) continue;
    const controlNumber = String(controlNumberAfter(first, answered));
    const groupControlNumber = controlNumberAfter(first, groups);
    const values = toAcknowledgmentInterchange(answer, { ...momentOf(answer), controlNumber, groupControlNumber });
    if (values === undefined) context.out.aside(nothingToSay(unit));
    else await context.out.stream(textOf(values));
    answered += values === undefined ? 0 : 1;
    groups += values?.groups.length ?? 0;
  }
  if (tally.interchanges === 0) throw unreadable(file, tally.skipped);
  return tally.exit;
}

function textOf(values: InterchangeValues): string {
  return writeInterchange(values, { suffix: '\n', forbidden: 'substitute', encoding: 'ascii' }).toString('ascii');
}

/** Bytes outside any interchange: there is nobody to tell but the reader. */
function errorsIn(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ severity }) => severity === 'error');
}

function nothingToSay(unit: ReadUnit): string {
  if (unit.kind !== 'interchange-end') return '';
  const name = visible(unit.interchange.controlNumber);
  const because =
    unit.groups + unit.sets + unit.ta1s === 0 ? 'there is nothing in it' : 'acknowledgements are not acknowledged';
  return `interchange ${name} asks for no answer: ${because}`;
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
  const moment = at === undefined ? new Date() : toMoment(at);
  const stamp = moment.toISOString().replace(/\D/g, '');
  return () => ({ date: stamp.slice(0, 8), time: stamp.slice(8, 12) });
}

/** Some senders write the century, or the seconds; some a day that is none. */
function ownMoment({ date, time }: { readonly date: string; readonly time: string }): Moment {
  const day = date.length === 6 ? `20${date}` : date;
  return { date: isDate(day) ? day : '20000101', time: isTime(time) ? time.slice(0, 4) : '0000' };
}

/** @throws CliFailure for what is no moment, also for the 30th of February, which `Date` takes for one in March. */
function toMoment(at: string): Date {
  const moment = new Date(/[zZ]$|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`);
  const isDay = /^\d{4}-\d\d-\d\d/.test(at) && isDate(at.slice(0, 10).replaceAll('-', ''));
  if (isDay && !Number.isNaN(moment.getTime())) return moment;
  throw wrong(`--at ${at} is no moment`, 'Give one like 2026-11-22T05:00Z.');
}

function wrong(message: string, next: string): CliFailure {
  return new CliFailure(EXIT.unusable, message, next);
}
