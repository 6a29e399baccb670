// A goal has a floor, below which the bench fails, and a target, which is the claim.

/**
 * @param {{ better: 'less' | 'more', floor: number, target: number }} goal
 * @param {number | undefined} value
 * @returns {'met' | 'floor only' | 'MISSED' | 'not measured'}
 */
export function verdictOf({ better, floor, target }, value) {
  if (value === undefined || !Number.isFinite(value)) return 'not measured';
  const reaches = (mark) => (better === 'less' ? value <= mark : value >= mark);
  if (reaches(target)) return 'met';
  return reaches(floor) ? 'floor only' : 'MISSED';
}

/** The lines of one row: each of its goals with what was measured. */
export function judged(row, medians, rounds) {
  const values = new Map(row.judge(medians, rounds).map(({ goal, ...found }) => [goal, found]));
  return row.goals.map((goal) => {
    const { value, note } = values.get(goal.id) ?? {};
    return { ...goal, row: row.id, value, note, verdict: verdictOf(goal, value) };
  });
}

/** P2 before P10, and P3a before P3b. */
export function inOrder(goals) {
  const numberOf = ({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0);
  return [...goals].sort((left, right) => numberOf(left) - numberOf(right) || left.id.localeCompare(right.id));
}
