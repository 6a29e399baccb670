import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { incompatibilities, LEVELS, parseSchema } from './compatibility.mjs';

/** A no with an HTTP status and the code of Confluent's protocol. */
export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * The registry without HTTP. `ids[n - 1]` is the schema with id n; a subject lists its ids, oldest first; a level under
 * the empty name is the one for all subjects without their own.
 *
 * @param {string} [stateFile] - JSON; read now, written at every change. Without it nothing survives.
 */
export async function openRegistry(stateFile) {
  const saved = stateFile && (await readFile(stateFile, 'utf8').catch(() => undefined));
  const state = saved ? JSON.parse(saved) : { ids: [], subjects: {}, levels: { '': 'BACKWARD' } };
  let writing = Promise.resolve();
  const save = () => (writing = writing.then(() => stateFile && write(stateFile, state)));
  return new Registry(state, save);
}

export class Registry {
  constructor(state, save) {
    this.state = state;
    this.save = save;
  }

  subjects() {
    return Object.keys(this.state.subjects).sort();
  }

  versions(subject) {
    return this.idsOf(subject).map((_, index) => index + 1);
  }

  version(subject, version) {
    const ids = this.idsOf(subject);
    const number = version === 'latest' ? ids.length : Number(version);
    const id = ids[number - 1];
    if (id === undefined) throw new Refused(404, 40402, `version ${version} of ${subject} not found`);
    return { subject, version: number, id, schema: this.state.ids[id - 1] };
  }

  schema(id) {
    const schema = this.state.ids[id - 1];
    if (schema === undefined) throw new Refused(404, 40403, `schema ${id} not found`);
    return { schema };
  }

  find(subject, { schema }) {
    const index = this.idsOf(subject).findIndex((id) => this.state.ids[id - 1] === normalise(schema));
    if (index < 0) throw new Refused(404, 40403, `schema not found under ${subject}`);
    return this.version(subject, index + 1);
  }

  /** The same schema has the same id under every subject, however often it comes. */
  async register(subject, { schema }) {
    const text = normalise(schema);
    const known = this.state.subjects[subject] ?? [];
    const id = this.state.ids.indexOf(text) + 1 || this.state.ids.length + 1;
    if (known.includes(id)) return { id };
    const problems = incompatibilities(this.level(subject), text, this.textsOf(known));
    if (problems.length > 0) throw new Refused(409, 409, `incompatible with an earlier schema: ${problems.join('; ')}`);
    this.state.ids[id - 1] = text;
    this.state.subjects[subject] = [...known, id];
    await this.save();
    return { id };
  }

  check(subject, version, { schema }) {
    const old = this.version(subject, version).schema;
    const messages = incompatibilities(this.level(subject), normalise(schema), [old]);
    return { is_compatible: messages.length === 0, messages };
  }

  level(subject = '') {
    return this.state.levels[subject] ?? this.state.levels[''];
  }

  ownLevel(subject) {
    const level = this.state.levels[subject];
    if (level === undefined) throw new Refused(404, 40408, `${subject} has no compatibility level of its own`);
    return level;
  }

  async setLevel(subject, { compatibility }) {
    if (!LEVELS.includes(compatibility)) throw new Refused(422, 42203, `unknown compatibility level ${compatibility}`);
    this.state.levels[subject] = compatibility;
    await this.save();
    return { compatibility };
  }

  idsOf(subject) {
    const ids = this.state.subjects[subject];
    if (ids === undefined) throw new Refused(404, 40401, `subject ${subject} not found`);
    return ids;
  }

  textsOf(ids) {
    return ids.map((id) => this.state.ids[id - 1]);
  }
}

/** White space does not make another schema; everything else, documentation included, does. */
function normalise(schema) {
  try {
    parseSchema(schema);
    return JSON.stringify(JSON.parse(schema));
  } catch (error) {
    throw new Refused(422, 42201, `not an Avro schema: ${error.message}`);
  }
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
async function write(file, state) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(state, undefined, 1));
  await rename(`${file}.new`, file);
}
