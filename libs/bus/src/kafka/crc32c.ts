/** Eight tables, one behind the other: the n-th says what a byte does to the sum of n zero bytes behind it. */
const STRIDE = 8;
const POLYNOMIAL = 0x82f63b78; // Castagnoli, lowest bit first

const TABLES = Array.from({ length: STRIDE }, () => new Int32Array(256));
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as unknown as readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];
for (let byte = 0; byte < 256; byte++) {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  T0[byte] = sum;
}
for (let byte = 0; byte < 256; byte++) {
  let sum = T0[byte]!;
  for (const table of TABLES.slice(1)) table[byte] = sum = (sum >>> 8) ^ T0[sum & 0xff]!;
}

/** CRC-32C as Kafka's record batches carry it (RFC 3720, B.4). Takes eight bytes at a time. */
export function crc32c(bytes: Uint8Array): number {
  const whole = bytes.length - (bytes.length % STRIDE);
  let sum = -1;
  let at = 0;
  for (; at < whole; at += STRIDE) {
    sum ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    sum =
      T7[sum & 0xff]! ^
      T6[(sum >>> 8) & 0xff]! ^
      T5[(sum >>> 16) & 0xff]! ^
      T4[sum >>> 24]! ^
      T3[bytes[at + 4]!]! ^
      T2[bytes[at + 5]!]! ^
      T1[bytes[at + 6]!]! ^
      T0[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) sum = T0[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}
