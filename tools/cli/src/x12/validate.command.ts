import { readInterchangeStream, segmentRange, type ReadUnit } from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import type { ExitCode } from '../exit-codes.js';
import { JsonReport } from './json-report.js';
import { LineFinder } from './line-finder.js';
import { Tally } from './tally.js';
import { TextReport } from './text-report.js';
import { schemasFor, type OverlayOptions } from './overlay-input.js';
import { openInput, unreadable } from './x12-input.js';

/** Tells everything that is wrong or odd in a file, with its place. */
export async function validateX12(
  context: CommandContext,
  file: string,
  options: OverlayOptions = {},
): Promise<ExitCode> {
  const schemas = await schemasFor(context, options);
  const lines = new LineFinder();
  const tally = new Tally();
  const report = context.out.json ? new JsonReport(lines) : new TextReport(lines);
  for await (const unit of readInterchangeStream(lines.watch(await openInput(context, file)), { schemas })) {
    remember(lines, unit);
    await context.out.stream(report.unit(unit, tally.take(unit)));
    forget(lines, unit);
  }
  if (tally.interchanges === 0 && !context.out.json) throw unreadable(file, tally.skipped);
  await context.out.stream(report.end(tally));
  return tally.exit;
}

/** Counts are told at the end of what they count, and stand at its beginning. */
function remember(lines: LineFinder, unit: ReadUnit): void {
  if (unit.kind === 'interchange') lines.remember(unit.interchange.range.from);
  if (unit.kind === 'set' && unit.ordinal === 1 && unit.group !== undefined)
    lines.remember(segmentRange(unit.group.segment).from);
}

function forget(lines: LineFinder, unit: ReadUnit): void {
  if (unit.kind === 'set') lines.forgetBefore(unit.range.to);
  if (unit.kind === 'interchange-end') lines.forgetRemembered();
}
