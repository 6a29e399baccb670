import { compileElements, compileSegments } from './compile-segments.js';
import { compileSet } from './compile-set.js';
import type { ReleaseText, SetSchema } from './schema.js';

/** The schemas of several releases. A set is found by its code and the version of its group. */
export class SchemaBook {
  private readonly schemas = new Map<string, SetSchema>();

  /** @param releases - Oldest first. */
  constructor(private readonly releases: readonly ReleaseText[]) {
    for (const release of releases) this.compile(release);
  }

  /**
   * The schema for a set.
   *
   * @param version - GS08, e.g. `004010VICS`. The newest release not after it is taken, else the oldest there is.
   */
  find(setCode: string, version: string): SetSchema | undefined {
    const wanted = version.slice(0, 6);
    const fitting = this.releases.filter((candidate) => candidate.release <= wanted);
    const release = fitting[fitting.length - 1] ?? this.releases[0];
    return release === undefined ? undefined : this.schemas.get(`${release.release}:${setCode}`);
  }

  private compile({ release, elements, segments, sets }: ReleaseText): void {
    const rules = compileSegments(segments, compileElements(elements));
    for (const [code, text] of Object.entries(sets)) {
      this.schemas.set(`${release}:${code}`, compileSet(code, release, text, rules));
    }
  }
}
