/** Elements of so many pairs of a product id's qualifier and the id, as the notation of segments writes them. */
export function idPairs(count: number): string {
  return ' 235 234'.repeat(count);
}

/** `P0607 P0809 …`: qualifier and value come together. */
export function pairs(first: number, last: number): string {
  const notes: string[] = [];
  for (let n = first; n <= last; n += 2) notes.push(`P${String(n).padStart(2, '0')}${String(n + 1).padStart(2, '0')}`);
  return notes.join(' ');
}
