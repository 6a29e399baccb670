import { words } from './words.js';

const NOTES_MAX = 100;
const NOTE_LENGTH = 264;

/** Sentences as a document says them: each once, and no more than anybody reads. X12 has room for a thousand. */
export function toldNotes(texts: readonly string[]): string[] {
  const told = [...new Set(texts.flatMap((text) => words(text, NOTE_LENGTH) ?? []))];
  if (told.length <= NOTES_MAX) return told;
  return [...told.slice(0, NOTES_MAX - 1), `AND ${told.length - NOTES_MAX + 1} MORE`];
}
