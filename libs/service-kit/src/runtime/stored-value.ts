import { avroSchemaOf, codecFor } from '@railhead/contracts';
import type { z } from 'zod';

const VERSION = 1;
/** Columns that held JSON before. */
const JSON_START = 0x7b;

/** Values of one schema as bytes in a column. The first byte names the layout, so that a later one can tell them apart. */
export interface StoredValue<T> {
  encode(value: T): Buffer;
  /** @throws Error for a layout this version does not know. */
  decode(bytes: Buffer): T;
}

/** @param name - Names the record in its schema, e.g. `billing.order`. */
export function storedValue<Schema extends z.ZodType>(name: string, schema: Schema): StoredValue<z.infer<Schema>> {
  const codec = codecFor(avroSchemaOf(name, schema));
  const version = Buffer.from([VERSION]);
  return {
    encode: (value) => Buffer.concat([version, codec.encode(value)]),
    decode: (bytes) => {
      if (bytes[0] === JSON_START) return JSON.parse(bytes.toString()) as z.infer<Schema>;
      if (bytes[0] !== VERSION) throw new Error(`${name}: layout ${bytes[0]} is not known`);
      return codec.decode(bytes.subarray(1)) as z.infer<Schema>;
    },
  };
}
