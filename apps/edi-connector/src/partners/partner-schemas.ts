import { readOverlays, STANDARD_SCHEMAS, type OverlaysRead, type SchemaBook } from '@railhead/x12';
import { z } from 'zod';

/** Lists of overlays that are kept at hand, read: partners are parsed at every change of any of them. */
const KEPT_MAX = 1_000;

/**
 * What a partner's documents must look like beyond the standard, in both directions: names of overlays (`vics`), and
 * overlays as data. One that has a slip of the pen in it, or that no document could satisfy, is refused.
 */
export const Overlays = z.array(z.unknown()).superRefine((given, context) => {
  const read = readOnce(given);
  for (const { path, message } of read.ok ? [] : read.faults)
    context.addIssue({ code: 'custom', path: [...path], message });
});

const readBefore = new Map<string, OverlaysRead>();
const books = new WeakMap<readonly unknown[], SchemaBook>();

/** The schemas that documents from and to a partner are held to. Read once for each version of its profile. */
export function schemasFor({ schemas }: { readonly schemas: readonly unknown[] }): SchemaBook {
  if (schemas.length === 0) return STANDARD_SCHEMAS;
  const known = books.get(schemas);
  if (known !== undefined) return known;
  const read = readOnce(schemas);
  if (!read.ok) throw new Error('overlays were not checked when their profile was parsed');
  books.set(schemas, read.schemas);
  return read.schemas;
}

function readOnce(given: readonly unknown[]): OverlaysRead {
  const text = JSON.stringify(given);
  const known = readBefore.get(text);
  if (known !== undefined) return known;
  const read = readOverlays(given);
  const [oldest] = readBefore.keys();
  if (readBefore.size >= KEPT_MAX && oldest !== undefined) readBefore.delete(oldest);
  readBefore.set(text, read);
  return read;
}
