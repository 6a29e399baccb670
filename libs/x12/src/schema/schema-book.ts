import { compileElements, compileSegments, relaxed } from './compile-segments.js';
import { compileSet, draftsOf } from './compile-set.js';
import { checkOverlay } from './check-overlay.js';
import { applyOverlay, type SchemaOverlay } from './overlay.js';
import { RELEASE, releaseOf } from './release-of.js';
import type { ReleaseText, SegmentRule, SetDraft, SetSchema } from './schema.js';

/** Versions whose schemas are kept at hand; a sender can make up as many as he likes. */
const VERSIONS_KEPT = 64;

/** The schemas of several releases. A set is found by its code and the version of its group. */
export class SchemaBook {
  private readonly byVersion = new Map<string, Map<string, SetSchema | undefined>>();
  private readonly compiled = new Map<string, SetSchema>();

  /**
   * @param releases - Oldest first. Nothing is compiled before it is asked for.
   * @param plain - Schemas that no overlay has a word to say about: books with other overlays have them in common.
   */
  constructor(
    private readonly releases: readonly ReleaseText[],
    private readonly overlays: readonly SchemaOverlay[] = [],
    private readonly plain = new Map<string, SetSchema>(),
  ) {}

  /**
   * The schema for a set.
   *
   * @param version - GS08, e.g. `004010VICS`. The newest release not after it is taken, else the oldest there is; the
   *   oldest too where no version can be made out.
   */
  find(setCode: string, version: string): SetSchema | undefined {
    const known = this.byVersion.get(version) ?? this.remember(version);
    const schema = known.get(setCode);
    if (schema !== undefined || known.has(setCode)) return schema;
    const found = this.compile(setCode, version);
    if (found !== undefined) known.set(setCode, found);
    return found;
  }

  /** Codes of all sets that some release has a schema for. */
  get setCodes(): readonly string[] {
    return [...new Set(this.releases.flatMap(({ sets }) => Object.keys(sets)))].sort();
  }

  /**
   * A book in which one partner's or one industry's rules come on top; this one stays as it is. Overlays apply in the
   * order they were added.
   *
   * @throws RangeError when the overlay names a place that cannot be read.
   */
  withOverlay(overlay: SchemaOverlay): SchemaBook {
    checkOverlay(overlay);
    return new SchemaBook(this.releases, [...this.overlays, overlay], this.plain);
  }

  /** @internal The schemas of a set in every release, as a group with this industry code behind the release has them. */
  allOf(setCode: string, industry = ''): readonly SetSchema[] {
    return this.releases.flatMap(({ release }) => this.find(setCode, release + industry) ?? []);
  }

  private remember(version: string): Map<string, SetSchema | undefined> {
    const known = new Map<string, SetSchema | undefined>();
    if (this.byVersion.size < VERSIONS_KEPT) this.byVersion.set(version, known);
    return known;
  }

  private compile(setCode: string, version: string): SetSchema | undefined {
    const text = this.releaseFor(version);
    const setText = text !== undefined && Object.hasOwn(text.sets, setCode) ? text.sets[setCode] : undefined;
    if (text === undefined || setText === undefined) return undefined;
    const overlays = this.overlays.filter((overlay) => speaksOf(overlay, setCode, version));
    const known = overlays.length === 0 ? this.plain : this.compiled;
    const key = [text.release, setCode, ...overlays.map((overlay) => this.overlays.indexOf(overlay))].join(':');
    const schema = known.get(key) ?? compileFrom(text, setCode, setText, overlays);
    known.set(key, schema);
    return schema;
  }

  private releaseFor(version: string): ReleaseText | undefined {
    const wanted = releaseOf(version) ?? '';
    const fitting = this.releases.filter(({ release }) => release <= wanted);
    return fitting.at(-1) ?? this.releases[0];
  }
}

function speaksOf(
  { industry, elements, segments, sets = {} }: SchemaOverlay,
  setCode: string,
  version: string,
): boolean {
  if (industry !== undefined && version.replace(RELEASE, '') !== industry) return false;
  return elements !== undefined || segments !== undefined || '*' in sets || Object.hasOwn(sets, setCode);
}

function compileFrom(
  release: ReleaseText,
  setCode: string,
  setText: string,
  overlays: readonly SchemaOverlay[],
): SetSchema {
  const rules = dictionaryOf(release, overlays);
  const drafts = overlays.reduce<readonly SetDraft[]>(
    (now, overlay) => applyOverlay(now, setCode, overlay, rules),
    draftsOf(setText, rules),
  );
  return compileSet(setCode, release.release, drafts, release.isRelaxed);
}

const dictionaries = new WeakMap<ReleaseText, ReadonlyMap<string, SegmentRule>>();

/** The segments of a release, with what overlays add and replace. */
function dictionaryOf(release: ReleaseText, overlays: readonly SchemaOverlay[]): ReadonlyMap<string, SegmentRule> {
  const own = overlays.filter(({ elements, segments }) => elements !== undefined || segments !== undefined);
  const known = own.length === 0 ? dictionaries.get(release) : undefined;
  if (known !== undefined) return known;
  const elements = [release, ...own].map((text) => text.elements ?? '').join('\n');
  const segments = [release, ...own].map((text) => text.segments ?? '').join('\n');
  const strict = compileSegments(segments, compileElements(elements, release.hasExponents));
  const rules = release.isRelaxed === true ? new Map([...strict].map(([id, rule]) => [id, relaxed(rule)])) : strict;
  if (own.length === 0) dictionaries.set(release, rules);
  return rules;
}
