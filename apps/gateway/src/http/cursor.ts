import { z } from 'zod';

/** Where a page ended: lists go by a time, and by an id where times are equal. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const Encoded = z.tuple([z.iso.datetime(), z.uuid()]);

/** Cuts a list of one row more than is wanted into the page and the way to the next. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { page: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  return { page, next: rows.length > limit ? cursorOf(placeOf(page.at(-1)!)) : null };
}

/** Opaque to callers. */
function cursorOf({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

export const ListCursor = z
  .string()
  .max(200)
  .transform((text, context): Place => {
    try {
      const [at, id] = Encoded.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return { at, id };
    } catch {
      context.addIssue({ code: 'custom', message: 'no cursor of ours: take `next` from the page before' });
      return z.NEVER;
    }
  });
