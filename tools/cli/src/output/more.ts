/** How to see the rest of a list that has more pages. */
export function moreOf(next: string | null): string {
  return next === null ? '' : `\n\nThere are more: the same with --cursor ${next}`;
}

/** A list without pages that is as long as was asked for is hardly all there is. */
export function cutAt(limit: string, counts: readonly number[]): string {
  return counts.some((count) => count >= Number(limit))
    ? `\n\nOnly the ${limit} oldest of each service; --limit shows more.`
    : '';
}
