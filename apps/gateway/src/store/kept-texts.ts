import { textArray } from '@railhead/database';

/**
 * Texts of facts for a table that lists are made from. A NUL, which PostgreSQL does not keep, is shown as what cannot be shown:
 * else the odd letters of one order would hide all orders from everybody.
 */
export function keptTexts(texts: readonly (string | null | undefined)[]): Buffer {
  return textArray(texts.map((text) => text?.replaceAll('\0', '\uFFFD')));
}
