/*
 * One-dimensional PostgreSQL arrays in their binary form (array_recv), for set-based statements: node-postgres sends a
 * Buffer as a binary parameter, and a binary array costs a seventh of a text array on both sides.
 * Layout: dimensions int4, has-null int4, element type oid, then length and lower bound of the dimension, then per
 * element its length (-1 for null) and bytes.
 */
const OID = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const;
const HEADER_BYTES = 20;
/** Microseconds from 1970 to 2000, PostgreSQL's epoch. */
const EPOCH_SHIFT_MS = 946_684_800_000;

type Missing = null | undefined;

function header(buffer: Buffer, oid: number, length: number, hasNull: boolean): void {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (length === 0) return;
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
}

const EMPTY = (oid: number): Buffer => {
  const buffer = Buffer.alloc(12);
  header(buffer, oid, 0, false);
  return buffer;
};

/** Elements of one fixed size. `write` puts element `value` at `at`. */
function fixed<T>(
  oid: number,
  bytes: number,
  values: readonly (T | Missing)[],
  write: (buffer: Buffer, value: T, at: number) => void,
): Buffer {
  if (values.length === 0) return EMPTY(oid);
  const missing = values.reduce((count: number, value) => (value == null ? count + 1 : count), 0);
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * (4 + bytes) - missing * bytes);
  header(buffer, oid, values.length, missing > 0);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value == null ? -1 : bytes, at);
    at += 4;
    if (value == null) continue;
    write(buffer, value, at);
    at += bytes;
  }
  return buffer;
}

/** `text[]`. */
export function textArray(values: readonly (string | Missing)[]): Buffer {
  if (values.length === 0) return EMPTY(OID.text);
  let size = HEADER_BYTES;
  for (const value of values) size += 4 + (value == null ? 0 : Buffer.byteLength(value));
  const buffer = Buffer.allocUnsafe(size);
  let hasNull = false;
  let at = HEADER_BYTES;
  for (const value of values) {
    if (value == null) {
      hasNull = true;
      buffer.writeInt32BE(-1, at);
      at += 4;
      continue;
    }
    const written = buffer.write(value, at + 4);
    buffer.writeInt32BE(written, at);
    at += 4 + written;
  }
  header(buffer, OID.text, values.length, hasNull);
  return buffer;
}

/** `bytea[]`. */
export function byteaArray(values: readonly (Uint8Array | Missing)[]): Buffer {
  if (values.length === 0) return EMPTY(OID.bytea);
  let size = HEADER_BYTES;
  for (const value of values) size += 4 + (value == null ? 0 : value.length);
  const buffer = Buffer.allocUnsafe(size);
  header(
    buffer,
    OID.bytea,
    values.length,
    values.some((value) => value == null),
  );
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value == null ? -1 : value.length, at);
    at += 4;
    if (value == null) continue;
    buffer.set(value, at);
    at += value.length;
  }
  return buffer;
}

/** `uuid[]` from the usual notation with dashes. */
export function uuidArray(values: readonly (string | Missing)[]): Buffer {
  return fixed<string>(OID.uuid, 16, values, (buffer, value, at) => {
    const hex = value.replaceAll('-', '');
    if (hex.length !== 32 || buffer.write(hex, at, 16, 'hex') !== 16) throw new RangeError(`not a uuid: ${value}`);
  });
}

/** `int8[]`. Numbers must be safe integers. */
export function bigintArray(values: readonly (number | bigint | Missing)[]): Buffer {
  return fixed<number | bigint>(OID.int8, 8, values, (buffer, value, at) => buffer.writeBigInt64BE(BigInt(value), at));
}

/** `int4[]`. */
export function intArray(values: readonly (number | Missing)[]): Buffer {
  return fixed<number>(OID.int4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));
}

/** `bool[]`. */
export function boolArray(values: readonly (boolean | Missing)[]): Buffer {
  return fixed<boolean>(OID.bool, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at));
}

/** `timestamptz[]` from ISO 8601 strings or dates. */
export function timestampArray(values: readonly (string | Date | Missing)[]): Buffer {
  return fixed<string | Date>(OID.timestamptz, 8, values, (buffer, value, at) => {
    const milliseconds = (value instanceof Date ? value : new Date(value)).getTime();
    if (Number.isNaN(milliseconds)) throw new RangeError(`not an instant: ${String(value)}`);
    buffer.writeBigInt64BE(BigInt(milliseconds - EPOCH_SHIFT_MS) * 1000n, at);
  });
}
