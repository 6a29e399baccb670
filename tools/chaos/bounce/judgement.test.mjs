import { expect, it } from '@jest/globals';
import { faultsIn } from './judgement.mjs';

const clean = {
  messages: 100,
  lost: 0,
  duplicated: 0,
  outOfOrder: 0,
  unexpected: 0,
  topicDuplicates: 3,
  topicLost: 0,
  topicOutOfOrder: 0,
  redeliveries: 5,
  lag: 0,
  outbox: 0,
  parked: 0,
};
const faults = (change, run = {}) => faultsIn({ ...clean, ...change }, { arrived: true, bounces: 20, ...run });

it('finds nothing in a run where everything came once', () => {
  expect(faults({})).toEqual([]);
});

it.each([
  ['lost'],
  ['duplicated'],
  ['outOfOrder'],
  ['unexpected'],
  ['topicLost'],
  ['topicOutOfOrder'],
  ['lag'],
  ['outbox'],
  ['parked'],
])('finds a single one in %s', (name) => {
  expect(faults({ [name]: 1 })).toHaveLength(1);
});

it('is not content when things came too late', () => {
  expect(faults({}, { arrived: false })).toHaveLength(1);
});

it('is not content with a run that did not bite, unless next to nothing was done', () => {
  expect(faults({ topicDuplicates: 0 })).toHaveLength(1);
  expect(faults({ redeliveries: 0 })).toHaveLength(1);
  expect(faults({ topicDuplicates: 0, redeliveries: 0 }, { bounces: 2 })).toEqual([]);
});
