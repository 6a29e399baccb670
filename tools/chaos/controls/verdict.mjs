/** What one half of an experiment came to: faults, and what may be said when there are none. @typedef {{ faults: string[], said: string }} Half */

/**
 * @param {Half | { error: string }} on with the guard
 * @param {Half | { error: string }} off without it
 * @returns {{ proved: boolean, verdict: string }}
 */
export function verdictOf(on, off) {
  if ('error' in on) return { proved: false, verdict: 'FAILED: the run with the guard on did not come to its end' };
  if (on.faults.length > 0) return { proved: false, verdict: 'FAILED: not clean with the guard on' };
  // A run that broke down may be red for any reason: only what the judge saw counts.
  if ('error' in off) return { proved: false, verdict: 'FAILED: the run with the guard off did not come to its end' };
  if (off.faults.length === 0) return { proved: false, verdict: 'GREEN: THE GUARD IS NOT PROVED' };
  return { proved: true, verdict: 'RED as it must' };
}

/** One half in a sentence. */
export function sentenceOf(half) {
  if ('error' in half) return half.error;
  return half.faults.length > 0 ? half.faults.join('; ') : half.said;
}
