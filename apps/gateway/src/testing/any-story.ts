import { anOrder } from '@railhead/testing';
import fc from 'fast-check';
import type { Fact } from '../domain/fact.js';
import { ORDER, Story } from './story.js';

const OTHER_ORDER = anOrder({
  purchaseOrderNumber: 'PO-7',
  lines: [{ ...ORDER.lines[0]!, quantity: { value: '99', unitCode: 'EA' } }],
});

const minute = fc.integer({ min: 0, max: 6 }); // few, so that many facts share a time and the id decides
const quantity = fc.constantFrom('0', '1', '2.5', '5', '10');
const number = fc.integer({ min: 1, max: 2 });
const cents = fc.constantFrom(0, 500, 13_500);

/** Anything that could be told about an order, sensible or not: a fold must not depend on sense. */
const anything: fc.Arbitrary<(story: Story, name: string) => unknown> = fc.oneof(
  fc.tuple(minute, fc.boolean()).map(
    ([at, other]) =>
      (s: Story, name: string) =>
        s.captured({ name, minute: at }, other ? OTHER_ORDER : ORDER),
  ),
  fc.tuple(minute, fc.nat(9)).map(
    ([at, cause]) =>
      (s: Story, name: string) =>
        s.facts.length > 0 && s.validated(s.facts[cause % s.facts.length]!, { name, minute: at }),
  ),
  fc
    .tuple(minute, fc.constantFrom('CREDIT_LIMIT' as const, 'CONFLICTING_COPY' as const), fc.boolean())
    .map(([at, code, released]) => (s: Story, name: string) => {
      const id = s.hold(code, { name, minute: at, cause: s.facts[0]?.id });
      if (released) s.released(id, code, { name: `${name}r`, minute: (at + 3) % 7 });
    }),
  fc.tuple(minute, number, quantity).map(
    ([at, revision, one]) =>
      (s: Story, name: string) =>
        s.changed(revision, { '1': one }, { name, minute: at }),
  ),
  fc.tuple(minute, quantity, quantity).map(
    ([at, one, two]) =>
      (s: Story, name: string) =>
        s.allocated({ '1': one, '2': two }, { name, minute: at }),
  ),
  fc.tuple(minute, quantity).map(
    ([at, one]) =>
      (s: Story, name: string) =>
        s.backordered({ '1': one }, { name, minute: at }),
  ),
  fc.tuple(minute, quantity).map(
    ([at, two]) =>
      (s: Story, name: string) =>
        s.cancelled({ '2': two }, { name, minute: at }),
  ),
  fc.tuple(minute, number, quantity).map(
    ([at, no, one]) =>
      (s: Story, name: string) =>
        s.requested(no, { '1': one }, { name, minute: at }),
  ),
  fc.tuple(minute, number, quantity).map(
    ([at, no, one]) =>
      (s: Story, name: string) =>
        s.dispatched(no, { '1': one, '2': '5' }, { name, minute: at }),
  ),
  fc.tuple(minute, number, fc.constantFrom('in_transit' as const, 'delivered' as const), minute).map(
    ([at, no, status, scan]) =>
      (s: Story, name: string) =>
        s.tracked(no, status, `2026-02-03T1${scan}:00:00.000Z`, { name, minute: at }),
  ),
  fc.tuple(minute, number).map(
    ([at, no]) =>
      (s: Story, name: string) =>
        s.delivered(no, { name, minute: at }),
  ),
  fc.tuple(minute, number, quantity, cents).map(
    ([at, no, one, minor]) =>
      (s: Story, name: string) =>
        s.invoiced(no, { '1': one }, minor, { name, minute: at }),
  ),
  fc.tuple(minute, number, cents).map(
    ([at, no, minor]) =>
      (s: Story, name: string) =>
        s.paid(no, minor, 0, { name, minute: at }),
  ),
  fc.tuple(minute, number).map(
    ([at, no]) =>
      (s: Story, name: string) =>
        s.invoicePaid(no, 500, { name, minute: at }),
  ),
  fc.tuple(minute).map(
    ([at]) =>
      (s: Story, name: string) =>
        s.settled(13_500, { name, minute: at }),
  ),
);

/** A captured order and up to fifteen more facts about it. */
export const anyStory: fc.Arbitrary<readonly Fact[]> = fc.array(anything, { maxLength: 15 }).map((tellings) => {
  const story = new Story();
  story.captured({ name: 'the first', minute: 3 });
  tellings.forEach((telling, index) => telling(story, `fact ${index}`));
  return story.facts;
});

/** The same facts in another order, some of them twice. */
export function anyArrival(facts: readonly Fact[]): fc.Arbitrary<readonly Fact[]> {
  return fc
    .tuple(fc.shuffledSubarray([...facts], { minLength: facts.length }), fc.shuffledSubarray([...facts]))
    .map(([all, again]) => [...all, ...again].map((fact) => structuredClone(fact)));
}
