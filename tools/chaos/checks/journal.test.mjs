// The journal must take down what the judge needs, and see at once what is out of order or done twice.
import { describe, expect, it } from '@jest/globals';
import { event, journalOf } from './testing/lives.mjs';

const numbered = (...seqs) => seqs.map((seq) => event('x', {}, { seq, id: `n${seq}` }));

describe('the journal', () => {
  it('takes repeats as repeats: records stand in a topic more than once', () => {
    const journal = journalOf(numbered(1, 2, 2, 1, 3));
    expect(journal.faults).toEqual([]);
    expect(journal).toMatchObject({ records: 5, twice: 2, inversions: 0 });
    expect(journal.count('x')).toBe(3);
  });

  it('sees a wrong order, and that in the end nothing is missing', () => {
    const journal = journalOf(numbered(1, 3, 2, 4));
    expect(journal.faults).toEqual(['order: s orders o1 jumps from 1 to 3']);
    expect(journal.gaps()).toEqual([]);
  });

  it('sees a number that never came', () => {
    expect(journalOf(numbered(1, 3)).gaps()).toEqual(['lost: s orders o1 has no number 2']);
  });

  it('sees a number that was used twice, and an event without one', () => {
    expect(journalOf([...numbered(1, 2), event('x', {}, { seq: 2, id: 'other' })]).faults).toEqual([
      'order: s orders o1 has two events numbered 2',
    ]);
    expect(journalOf(numbered(Number.NaN)).faults).toEqual(['order: s orders o1 has an event without a number']);
  });

  it('sees one event that was reacted to twice', () => {
    const reaction = (seq) => event('order.validated', { orderId: 'o1' }, { cause: 'c', seq });
    expect(journalOf([reaction(1), reaction(2)]).faults).toEqual([
      'duplicate: s to c with order.validated.v1 about o1 more than once',
    ]);
  });

  it('sees an event that does not match its schema', () => {
    expect(journalOf([event('order.captured', {}, { data: undefined })]).faults[0]).toContain(
      'does not match its committed schema',
    );
  });

  it('keeps poison and dead letters apart from what happened', () => {
    const journal = journalOf([
      event('order.captured', undefined, { isPoison: true }),
      event('order.captured', undefined, { id: 'p', deadFor: 'validation' }),
    ]);
    expect(journal.records).toBe(0);
    expect(journal.deadLetters).toEqual(new Set(['p validation']));
  });
});
