import { codeTable } from '@railhead/connector-kit/code-table';
import type { CanonicalOrder } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import { REFERENCES } from './codes.js';
import { allOf, firstOf, type Sections } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';

type Note = CanonicalOrder['notes'][number];
type Reference = CanonicalOrder['references'][number];

const TEXT_LENGTH = 2_000;
/** Which element of a segment is its text, and which says what kind of text. MSG up to 004xxx, MTX from 005010, NTE before 004010. */
const TEXTS = codeTable<string, { readonly text: number; readonly kind?: number }>({
  MSG: { text: 1 },
  MTX: { text: 2, kind: 1 },
  NTE: { text: 2, kind: 1 },
});

/** How many notes and references of a place become fields; the rest stays among the extras. */
export interface Room {
  readonly notes: number;
  readonly references: number;
  readonly line?: number;
}

/** MSG, MTX and NTE, alone or below an N9, whose qualifier says what they are about. */
export function toNotes({ own, notes: loops }: Sections, { notes: countMax, line }: Room, trail: Trail): Note[] {
  const notes: Note[] = [];
  const add = (segment: Segment, about?: Segment): void => {
    const places = TEXTS[segment.id];
    if (places === undefined) return;
    const text = valueOf(segment, places.text);
    const pieces = text === undefined ? [] : piecesOf(text);
    if (pieces.length === 0 || notes.length + pieces.length > countMax) return;
    const qualifier = about === undefined ? places.kind && trail.look(segment, places.kind) : trail.look(about, 1);
    for (const piece of pieces) {
      trail.mark(`/notes/${notes.length}/text`, segment, places.text, line);
      if (qualifier) trail.mark(`/notes/${notes.length}/qualifier`, about ?? segment, 1, line);
      notes.push({ ...(qualifier && { qualifier }), text: piece });
    }
  };
  for (const segment of own) add(segment);
  for (const { head, body } of loops) for (const segment of body) add(segment, head);
  return notes;
}

/** REF, and N9 that only names a number: the numbers of other papers. */
export function toReferences(
  { own, notes }: Sections,
  { references: countMax, line }: Room,
  trail: Trail,
): Reference[] {
  const bare = notes.filter(({ body }) => !body.some(({ id }) => id in TEXTS)).map(({ head }) => head);
  const references: Reference[] = contractIn(own, trail);
  for (const segment of [...allOf(own, 'REF'), ...bare]) {
    const qualifier = valueOf(segment, 1);
    if (qualifier === undefined || references.length === countMax) continue;
    const at = `/references/${references.length}`;
    const id = trail.take(`${at}/id`, segment, 2, line) ?? trail.take(`${at}/id`, segment, 3, line);
    if (id === undefined) continue;
    trail.mark(`${at}/qualifier`, segment, 1, line);
    references.push({ type: REFERENCES[qualifier] ?? 'other', id, qualifier });
  }
  return references;
}

/** BEG06, the contract that an order is drawn on. */
function contractIn(own: readonly Segment[], trail: Trail): Reference[] {
  const id = trail.take('/references/0/id', firstOf(own, 'BEG'), 6);
  return id === undefined ? [] : [{ type: 'contract', id }];
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += TEXT_LENGTH) pieces.push(text.slice(at, at + TEXT_LENGTH));
  return pieces;
}
