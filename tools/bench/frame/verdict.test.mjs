import { expect, it } from '@jest/globals';
import { inOrder, judged, verdictOf } from './verdict.mjs';

const LESS = { better: 'less', floor: 1.6, target: 1.35 };
const MORE = { better: 'more', floor: 10, target: 20 };

it.each([
  [LESS, 1.35, 'met'],
  [LESS, 1.36, 'floor only'],
  [LESS, 1.6, 'floor only'],
  [LESS, 1.61, 'MISSED'],
  [MORE, 20, 'met'],
  [MORE, 19.9, 'floor only'],
  [MORE, 10, 'floor only'],
  [MORE, 9.9, 'MISSED'],
  [MORE, undefined, 'not measured'],
  [MORE, Number.NaN, 'not measured'],
])('judges %o at %s: %s', (goal, value, verdict) => {
  expect(verdictOf(goal, value)).toBe(verdict);
});

it('gives a goal that the row did not judge a line of its own', () => {
  const row = {
    id: 'growth',
    goals: [
      { id: 'P9', ...LESS },
      { id: 'P8', ...LESS },
    ],
    judge: () => [{ goal: 'P8', value: 1, note: '5 stored' }],
  };
  expect(inOrder(judged(row, {}, []))).toMatchObject([
    { id: 'P8', row: 'growth', value: 1, note: '5 stored', verdict: 'met' },
    { id: 'P9', value: undefined, verdict: 'not measured' },
  ]);
});

it('puts P2 before P10, and P3a before P3b', () => {
  expect(inOrder(['P10', 'P3b', 'P2', 'P3a'].map((id) => ({ id }))).map(({ id }) => id)).toEqual([
    'P2',
    'P3a',
    'P3b',
    'P10',
  ]);
});
