import { compileElements, compileSegments, relaxed } from './compile-segments.js';
import { compileSet, draftsOf } from './compile-set.js';
import { checkOverlay, unknownPlaces } from './check-overlay.js';
import { applyOverlay, type SchemaOverlay } from './overlay.js';
import type { ReleaseText, SegmentRule, SetDraft, SetSchema } from './schema.js';

/** Versions whose schemas are kept at hand; a sender can make up as many as he likes. */
const VERSIONS_KEPT = 64;

/** The schemas of several releases. A set is found by its code and the version of its group. */
export class SchemaBook {
  private readonly byVersion = new Map<string, Map<string, SetSchema | undefined>>();
  private readonly segments = new Map<string, ReadonlyMap<string, SegmentRule>>();
  private readonly compiled = new Map<string, SetSchema>();

  /** @param releases - Oldest first. Nothing is compiled before it is asked for. */
  constructor(
    private readonly releases: readonly ReleaseText[],
    private readonly overlays: readonly SchemaOverlay[] = [],
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
    return new SchemaBook(this.releases, [...this.overlays, overlay]);
  }

  /**
   * What an overlay speaks of and no set of this book has, e.g. `850: PO1/ZZZ`: rules that would never say a word.
   *
   * @throws RangeError as {@link withOverlay}.
   */
  unknownPlaces(overlay: SchemaOverlay): readonly string[] {
    const book = this.withOverlay(overlay);
    const codesOf = (code: string) => (code === '*' ? book.setCodes : [code]);
    const versions = this.releases.map(({ release }) => release + (overlay.industry ?? ''));
    return unknownPlaces(overlay, (code) =>
      codesOf(code).flatMap((each) => versions.flatMap((version) => book.find(each, version) ?? [])),
    );
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
    const overlays = this.overlays.filter(({ industry }) => industry === undefined || version.slice(6) === industry);
    const key = [text.release, setCode, ...overlays.map((overlay) => this.overlays.indexOf(overlay))].join(':');
    const schema = this.compiled.get(key) ?? this.compileFrom(text, setCode, setText, overlays);
    this.compiled.set(key, schema);
    return schema;
  }

  private compileFrom(
    release: ReleaseText,
    setCode: string,
    setText: string,
    overlays: readonly SchemaOverlay[],
  ): SetSchema {
    const rules = this.segmentsOf(release);
    const drafts = overlays.reduce<readonly SetDraft[]>(
      (now, overlay) => applyOverlay(now, setCode, overlay, release, rules),
      draftsOf(setText, rules),
    );
    return compileSet(setCode, release.release, drafts, release.isRelaxed);
  }

  private segmentsOf({ release, elements, segments, isRelaxed }: ReleaseText): ReadonlyMap<string, SegmentRule> {
    const known = this.segments.get(release);
    if (known !== undefined) return known;
    const strict = compileSegments(segments, compileElements(elements));
    const rules = isRelaxed === true ? new Map([...strict].map(([id, rule]) => [id, relaxed(rule)])) : strict;
    this.segments.set(release, rules);
    return rules;
  }

  private releaseFor(version: string): ReleaseText | undefined {
    const wanted = releaseOf(version) ?? '';
    const fitting = this.releases.filter(({ release }) => release <= wanted);
    return fitting.at(-1) ?? this.releases[0];
  }
}

/** The release in GS08: its first six digits. Some senders write `4010`, some `00401` as in ISA12. */
function releaseOf(version: string): string | undefined {
  const digits = /^\d{4,6}/.exec(version)?.[0];
  return digits?.startsWith('00') === true ? digits.padEnd(6, '0') : digits?.padStart(6, '0');
}
