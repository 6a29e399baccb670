// The figures as JSON. Rows of earlier runs into the same file stay until they are run again: the long ones take hours.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

export function machine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
}

/** The commit that was measured; '+' when the tree had changes. */
export function commit() {
  try {
    const git = (...words) =>
      execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+')
    );
  } catch {
    return 'unknown';
  }
}

export class ResultFile {
  #file;
  #content;

  /** @param {string | undefined} file undefined: kept in memory only */
  constructor(file) {
    this.#file = file;
    const known = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    this.#content = { machine: machine(), rows: known.rows ?? {}, partial: known.partial ?? {} };
  }

  /** A row that is done. */
  add(id, result) {
    this.#content.rows[id] = result;
    delete this.#content.partial[id];
    this.#save();
  }

  /** What a long row has so far, in case it does not reach its end. */
  keep(id, figures) {
    this.#content.partial[id] = figures;
    this.#save();
  }

  #save() {
    if (this.#file === undefined) return;
    writeFileSync(`${this.#file}.tmp`, `${JSON.stringify(this.#content, null, 2)}\n`);
    renameSync(`${this.#file}.tmp`, this.#file);
  }
}
