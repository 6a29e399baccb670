import type { SetTables } from './set-tables.js';

/** How the value of an element is written. */
export type ElementType = 'AN' | 'ID' | 'N' | 'R' | 'DT' | 'TM' | 'composite' | 'any';

/** One element of a segment, or one component of a composite. */
export interface ElementRule {
  /** Data element number (AK402), or the composite's id. */
  readonly number: string;
  readonly type: ElementType;
  readonly lengthMin: number;
  readonly lengthMax: number;
  /** Good partners write it shorter: worth a note, not a refusal. */
  readonly isShortGood: boolean;
  /** Type R: it may be written with an exponent, `1.5E3`. */
  readonly hasExponent: boolean;
  readonly codes: ReadonlySet<string> | undefined;
  readonly components: readonly ElementRule[];
  /** Conditions between the components. */
  readonly notes: readonly SyntaxNote[];
  readonly isMandatory: boolean;
  /** How often it may stand in one place, cut by the repetition separator; 1 for nearly all. */
  readonly repeatMax: number;
}

/** A condition between elements of one segment, or components of one composite, e.g. P0304: both or neither. */
export interface SyntaxNote {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L';
  readonly positions: readonly number[];
  /** Good partners break it: worth a note, not a refusal. */
  readonly isSoft: boolean;
}

export interface SegmentRule {
  readonly id: string;
  readonly elements: readonly ElementRule[];
  readonly notes: readonly SyntaxNote[];
  /** Elements beyond the listed ones are carried through without a look. */
  readonly hasRest: boolean;
}

/** A place in the order of a set before it has a number: a segment, or a loop that begins with it. */
export interface SetDraft {
  readonly id: string;
  readonly rule: SegmentRule;
  readonly isMandatory: boolean;
  readonly max: number;
  /** What follows the first segment inside the loop; empty for a plain segment. */
  readonly children: readonly SetDraft[];
  readonly isLoop: boolean;
  /** Of a loop: what an acknowledgement calls it; its first segment, where the text of the set says nothing else. */
  readonly loopName?: string;
}

/** A place in the order of a set: a segment, or a loop that begins with it. */
export interface SetNode extends SetDraft {
  readonly children: readonly SetNode[];
  /** Number of this node in the set, depth first; its descendants follow up to `last`. */
  readonly index: number;
  readonly last: number;
}

export interface SetSchema {
  readonly code: string;
  /** Release it was written for, e.g. `004010`. */
  readonly release: string;
  readonly root: SetNode;
  /** Ids that occur anywhere in the set. */
  readonly ids: ReadonlySet<string>;
  /** Rules by id, also for segments that are out of place. */
  readonly rules: ReadonlyMap<string, SegmentRule>;
  /** What is foreign to the set or out of its place is noted, not refused: the release is older than our tables. */
  readonly isRelaxed: boolean;
  /** @internal The same as flat arrays, for the quick look. */
  readonly tables: SetTables;
}

/** The texts a release is compiled from; see `elements-4010.ts`, `segments-4010.ts`, `sets-orders-4010.ts` for the notation. */
export interface ReleaseText {
  readonly release: string;
  readonly elements: string;
  readonly segments: string;
  readonly sets: Readonly<Record<string, string>>;
  /** Lengths, codes, conditions and surplus elements are not held against files of this release. Default `false`. */
  readonly isRelaxed?: boolean;
  /** Numbers of type R may be written with an exponent. Default `false`. */
  readonly hasExponents?: boolean;
}
