import { incompatibility } from '../avro/codec.js';
import type { AvroSchema } from '../avro/from-zod.js';

/** A schema file as it stands in the repository: `order.captured.v1.avsc`, or an older version `order.captured.v1.1.avsc`. */
export interface CommittedSchema {
  readonly file: string;
  readonly type: string;
  /** Set for an older version; the newest one has none. */
  readonly version?: number | undefined;
  readonly schema: AvroSchema;
}

/** An event type and its schema in the code. */
export type CurrentSchema = readonly [type: string, schema: AvroSchema];

/** Which event type and version a file name means; undefined for a file that is no schema of ours. */
export function schemaFileOf(file: string): { type: string; version?: number | undefined } | undefined {
  const match = /^(?<type>.+\.v\d+?)(?:\.(?<version>\d+))?\.avsc$/.exec(file);
  if (match?.groups?.['type'] === undefined) return undefined;
  const version = match.groups['version'];
  return { type: match.groups['type'], version: version === undefined ? undefined : Number(version) };
}

/** Changes that would leave old events unreadable, or new events unreadable for old readers. Each text says what to do. */
export function breakingChanges(current: readonly CurrentSchema[], committed: readonly CommittedSchema[]): string[] {
  const known = new Set(current.map(([type]) => type));
  const gone = new Set(committed.filter(({ type }) => !known.has(type)).map(({ type }) => type));
  return [
    ...[...gone].map(
      (type) => `${type} is committed but no longer defined. Logs still hold it: put the definition back.`,
    ),
    ...current.flatMap(([type, schema]) =>
      committed.filter((one) => one.type === type).flatMap((version) => breaksOf(type, schema, version)),
    ),
  ];
}

/** Event types whose committed schema is missing or is not the one in the code. Each text says what to do. */
export function staleSchemas(current: readonly CurrentSchema[], committed: readonly CommittedSchema[]): string[] {
  return schemaFilesToWrite(current, committed).map(
    ([file]) =>
      `schemas/${file} is missing or differs from the code. Run "npm run contracts:write" and commit the result.`,
  );
}

function breaksOf(type: string, schema: AvroSchema, committed: CommittedSchema): string[] {
  const way =
    'Make the new field optional (or keep the old one), or define a new event type with the next version number.';
  const back = incompatibility(committed.schema, schema);
  const forth = incompatibility(schema, committed.schema);
  return [
    ...(back === undefined ? [] : [`${type} cannot read events written as ${committed.file}: ${back}. ${way}`]),
    ...(forth === undefined
      ? []
      : [`${type} writes events that readers of ${committed.file} cannot read: ${forth}. ${way}`]),
  ];
}

/** The files to write so that the newest schema of each type is the one in the code; the one before it stays as history. */
export function schemaFilesToWrite(
  current: readonly CurrentSchema[],
  committed: readonly CommittedSchema[],
): [file: string, schema: AvroSchema][] {
  return current.flatMap(([type, schema]): [string, AvroSchema][] => {
    const versions = committed.filter((one) => one.type === type);
    const latest = versions.find(({ version }) => version === undefined);
    if (latest === undefined) return [[`${type}.avsc`, schema]];
    if (sameSchema(latest.schema, schema)) return [];
    const next = 1 + Math.max(0, ...versions.map(({ version }) => version ?? 0));
    return [
      [`${type}.${next}.avsc`, latest.schema],
      [`${type}.avsc`, schema],
    ];
  });
}

function sameSchema(left: AvroSchema, right: AvroSchema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
