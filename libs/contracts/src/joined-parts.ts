/**
 * Texts as one text, so that no others give the same: `|` stands between them, and within one it is written `\|`, and `\`
 * as `\\`. Ids and keys are made from it, so it can never change.
 */
export function joinedParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[\\|]/g, String.raw`\$&`)).join('|');
}
