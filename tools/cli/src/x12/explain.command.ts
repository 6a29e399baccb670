import { nestingOf, readInterchangeStream, type ReadUnit, type SchemaBook, type TransactionSet } from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import type { ExitCode } from '../exit-codes.js';
import { explainEnvelope, explainSegment } from './explain-segment.js';
import { issueLine } from './issue-line.js';
import { many, Tally } from './tally.js';
import { schemasFor, type OverlayOptions } from './overlay-input.js';
import { openInput, unreadable } from './x12-input.js';

/** Prints a file as a tree that a person can read: what every segment, element and code means. */
export async function explainX12(
  context: CommandContext,
  file: string,
  options: OverlayOptions = {},
): Promise<ExitCode> {
  const schemas = await schemasFor(context, options);
  const tally = new Tally();
  let group: object | undefined;
  for await (const unit of readInterchangeStream(await openInput(context, file), { schemas })) {
    const issues = tally.take(unit);
    if ('group' in unit && unit.group !== undefined && unit.group !== group) {
      group = unit.group;
      await context.out.stream(explainSegment(unit.group.segment, undefined, INDENT.group));
    }
    const told = unit.kind === 'set' ? '' : issues.map((issue) => `${indentOf(unit)}! ${issueLine(issue)}\n`).join('');
    await context.out.stream(explainUnit(unit, schemas) + told);
  }
  if (tally.interchanges === 0) throw unreadable(file, tally.skipped);
  return tally.exit;
}

const INDENT = { interchange: '', group: '  ', set: '    ' };

function indentOf(unit: ReadUnit): string {
  return unit.kind === 'group-end' ? INDENT.group : INDENT.interchange;
}

function explainUnit(unit: ReadUnit, schemas: SchemaBook): string {
  if (unit.kind === 'interchange') return explainEnvelope('ISA', unit.interchange.elements, INDENT.interchange);
  if (unit.kind === 'ta1') return explainSegment(unit.segment, undefined, INDENT.group);
  if (unit.kind === 'set') return explainSet(unit, schemas);
  if (unit.kind === 'group-end')
    return `${INDENT.group}end of group: ${many(unit.setsReceived, 'set')}, ${unit.setsGood} good\n`;
  if (unit.kind === 'interchange-end')
    return `end of interchange: ${many(unit.groups, 'group')}, ${many(unit.sets, 'set')}\n`;
  return '';
}

/** Every segment below its loop, and every issue below its segment. */
function explainSet(set: TransactionSet, schemas: SchemaBook): string {
  const schema = schemas.find(set.code, set.group?.version ?? '');
  const issuesAt = Map.groupBy(set.issues, ({ place }) => place.ordinal);
  return nestingOf(set.segments, schema)
    .map(({ segment, depth }) => {
      const isEdge = segment.id === 'ST' || segment.id === 'SE';
      const indent = INDENT.set + '  '.repeat(isEdge ? 0 : depth + 1);
      const issues = (issuesAt.get(segment.ordinal) ?? []).map((issue) => `${indent}! ${issueLine(issue)}\n`);
      return explainSegment(segment, isEdge ? undefined : schema?.rules.get(segment.id), indent) + issues.join('');
    })
    .join('');
}
