/**
 * The partition of a key: 32-bit FNV-1a, modulo. Stable for ever, because what is stored already was placed by it.
 * Kafka's own partitioner places records on Kafka; the two need not agree.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash ^= key.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
