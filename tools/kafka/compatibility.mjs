import avro from 'avsc';

export const LEVELS = ['NONE', 'BACKWARD', 'FORWARD', 'FULL'].flatMap((level) =>
  level === 'NONE' ? [level] : [level, `${level}_TRANSITIVE`],
);

/**
 * May this schema follow those? BACKWARD: new readers read old data. FORWARD: old readers read new data. FULL: both.
 *
 * @param {string} level - one of LEVELS; without _TRANSITIVE only the last schema counts
 * @param {string} next - Avro schema as JSON
 * @param {string[]} earlier - oldest first
 * @returns {string[]} what stands against it; empty when compatible
 */
export function incompatibilities(level, next, earlier) {
  if (level === 'NONE') return [];
  const compared = level.endsWith('_TRANSITIVE') ? earlier : earlier.slice(-1);
  const backward = !level.startsWith('FORWARD');
  const forward = !level.startsWith('BACKWARD');
  return compared.flatMap((old) => [
    ...(backward ? cannotRead('the new schema cannot read old data', next, old) : []),
    ...(forward ? cannotRead('the old schema cannot read new data', old, next) : []),
  ]);
}

/** Reads a schema alone: named types of another one must not leak into it. */
export function parseSchema(text) {
  return avro.Type.forSchema(JSON.parse(text), { registry: {} });
}

function cannotRead(what, reader, writer) {
  try {
    parseSchema(reader).createResolver(parseSchema(writer));
    return [];
  } catch (error) {
    return [`${what}: ${error.message}`];
  }
}
