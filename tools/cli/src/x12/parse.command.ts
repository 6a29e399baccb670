import { plainSegment, readInterchangeStream, type Issue, type SchemaBook, type TransactionSet } from '@railhead/x12';
import type { CommandContext } from '../commands/command.js';
import type { ExitCode } from '../exit-codes.js';
import { issueLine } from './issue-line.js';
import { schemasFor, type OverlayOptions } from './overlay-input.js';
import { Tally } from './tally.js';
import { openInput, unreadable } from './x12-input.js';

/** Prints every transaction set as one line of JSON. What is wrong outside of sets goes to standard error. */
export async function parseX12(context: CommandContext, file: string, options: OverlayOptions = {}): Promise<ExitCode> {
  const schemas = await schemasFor(context, options);
  const tally = new Tally();
  for await (const unit of readInterchangeStream(await openInput(context, file), { schemas })) {
    const issues = tally.take(unit);
    if (unit.kind === 'set') await context.out.stream(`${JSON.stringify(setRecord(unit, schemas))}\n`);
    else for (const issue of issues) context.out.aside(issueLine(issue));
  }
  if (tally.interchanges === 0) throw unreadable(file, tally.skipped);
  return tally.exit;
}

function setRecord(set: TransactionSet, schemas: SchemaBook) {
  const { code, controlNumber, implementation, ordinal, range, errors } = set;
  const schema = schemas.find(code, set.group?.version ?? '');
  return {
    interchange: interchangeRecord(set),
    group: groupRecord(set),
    set: { code, controlNumber, ...(implementation !== undefined && { implementation }), ordinal, bytes: range },
    segments: set.segments.map((segment) => plainSegment(segment, schema?.rules.get(segment.id))),
    errors,
    issues: set.issues.map(issueRecord),
  };
}

function interchangeRecord({ interchange }: TransactionSet) {
  const { senderQualifier, senderId, receiverQualifier, receiverId, date, time, version, usage } = interchange;
  return {
    controlNumber: interchange.controlNumber,
    sender: { qualifier: senderQualifier, id: senderId },
    receiver: { qualifier: receiverQualifier, id: receiverId },
    date,
    time,
    version,
    usage,
  };
}

function groupRecord({ group }: TransactionSet) {
  if (group === undefined) return null;
  const { functionalId, senderCode, receiverCode, date, time, controlNumber, version, ordinal } = group;
  return { controlNumber, functionalId, sender: senderCode, receiver: receiverCode, date, time, version, ordinal };
}

function issueRecord({ code, level, severity, message, place, dataElement, value }: Issue) {
  return { code, level, severity, message, place, dataElement, value };
}
