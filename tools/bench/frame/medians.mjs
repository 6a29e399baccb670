// Figures of several rounds become one figure with a spread. Figures may be nested in plain objects.

/** The middle value; undefined of nothing. */
export function median(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((left, right) => left - right);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const isPlain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Applies `pick` to each number, found at the same place in all rounds; what is no number comes from the last round. */
function combine(rounds, pick) {
  const names = new Set(rounds.flatMap((figures) => Object.keys(figures)));
  const entries = [...names].map((name) => {
    const values = rounds.map((figures) => figures[name]).filter((value) => value !== undefined && value !== null);
    if (values.every((value) => typeof value === 'number')) return [name, pick(values)];
    return [name, values.every(isPlain) ? combine(values, pick) : values.at(-1)];
  });
  return Object.fromEntries(entries);
}

/** @param {readonly object[]} rounds the figures of one contestant */
export function mediansOf(rounds) {
  return combine(rounds, median);
}

/** Lowest and highest of each figure. */
export function spreadsOf(rounds) {
  return combine(rounds, (values) => [Math.min(...values), Math.max(...values)]);
}

/** The value below which a share of a sorted list lies. */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
