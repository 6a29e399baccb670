import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { avroSchemaOf } from '../avro/from-zod.js';
import {
  breakingChanges,
  schemaFileOf,
  schemaFilesToWrite,
  staleSchemas,
  type CommittedSchema,
} from './committed-schemas.js';

const TYPE = 'thing.made.v1';
const first = { name: z.string(), size: z.int() };
const avro = (shape: z.core.$ZodShape) => avroSchemaOf(TYPE, z.strictObject(shape));
const committed = (shape: z.core.$ZodShape, version?: number): CommittedSchema => ({
  file: version === undefined ? `${TYPE}.avsc` : `${TYPE}.${version}.avsc`,
  type: TYPE,
  version,
  schema: avro(shape),
});

describe('breakingChanges', () => {
  it('finds nothing when nothing changed', () => {
    expect(breakingChanges([[TYPE, avro(first)]], [committed(first)])).toEqual([]);
  });

  it('lets a new optional field through', () => {
    const wider = avro({ ...first, colour: z.string().optional() });
    expect(breakingChanges([[TYPE, wider]], [committed(first)])).toEqual([]);
  });

  it('refuses a new required field: old events do not have it', () => {
    const problems = breakingChanges([[TYPE, avro({ ...first, colour: z.string() })]], [committed(first)]);
    expect(problems).toEqual([
      expect.stringMatching(/^thing\.made\.v1 cannot read events written as thing\.made\.v1\.avsc: .*colour/),
    ]);
  });

  it('refuses to drop a required field: old readers want it', () => {
    const problems = breakingChanges([[TYPE, avro({ name: z.string() })]], [committed(first)]);
    expect(problems).toEqual([expect.stringMatching(/readers of thing\.made\.v1\.avsc cannot read: .*size/)]);
  });

  it('refuses another type for a field, both ways', () => {
    expect(breakingChanges([[TYPE, avro({ ...first, size: z.string() })]], [committed(first)])).toHaveLength(2);
  });

  it('refuses to make a required field optional: an old reader cannot take nothing for something', () => {
    const problems = breakingChanges([[TYPE, avro({ ...first, size: z.int().optional() })]], [committed(first)]);
    expect(problems).toEqual([expect.stringMatching(/readers of .* cannot read/)]);
  });

  it('compares with every version, not only the last', () => {
    const history = [committed({ ...first, colour: z.int().optional() }, 1), committed(first)];
    const problems = breakingChanges([[TYPE, avro({ ...first, colour: z.string().optional() })]], history);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.includes('thing.made.v1.1.avsc'))).toBe(true);
  });

  it('refuses to forget an event type that logs still hold', () => {
    expect(breakingChanges([], [committed(first)])).toEqual([expect.stringMatching(/no longer defined/)]);
  });

  it('tells what to do', () => {
    expect(breakingChanges([[TYPE, avro({ name: z.string() })]], [committed(first)])[0]).toMatch(
      /define a new event type/,
    );
  });
});

describe('staleSchemas and schemaFilesToWrite', () => {
  it('find nothing to do when the committed schema is the one in the code', () => {
    expect(staleSchemas([[TYPE, avro(first)]], [committed(first)])).toEqual([]);
  });

  it('name a schema that was never written', () => {
    expect(staleSchemas([[TYPE, avro(first)]], [])).toEqual([
      expect.stringMatching(/thing\.made\.v1\.avsc.*contracts:write/),
    ]);
  });

  it('keep the version before under the next free number', () => {
    const wider = avro({ ...first, colour: z.string().optional() });
    const files = schemaFilesToWrite([[TYPE, wider]], [committed(first, 1), committed(first)]);
    expect(files).toEqual([
      ['thing.made.v1.2.avsc', avro(first)],
      ['thing.made.v1.avsc', wider],
    ]);
  });

  it('notice a compatible change that nobody wrote down', () => {
    expect(staleSchemas([[TYPE, avro({ ...first, colour: z.string().optional() })]], [committed(first)])).not.toEqual(
      [],
    );
  });
});

it.each([
  ['order.captured.v1.avsc', { type: 'order.captured.v1', version: undefined }],
  ['order.captured.v1.2.avsc', { type: 'order.captured.v1', version: 2 }],
  ['hold.release-requested.v12.avsc', { type: 'hold.release-requested.v12', version: undefined }],
  ['README.md', undefined],
])('reads the file name %s', (file, meaning) => {
  expect(schemaFileOf(file)).toEqual(meaning);
});
