// Every guard on, then off, in CI. The relays are made to stumble on purpose; `npm run controls` also gives them 8,000 events.
// Left to the command: the look-up at the ERP, which takes half a minute and has a control beside the simulated ERP.
import { describe, expect, it } from '@jest/globals';
import { GUARDS } from '@railhead/service-kit';
import { resolveKafka } from '@railhead/kafka-local/for-tests';
import { CONTROLS } from './catalogue.mjs';
import { half, runControl } from './run-control.mjs';

const kafka = await resolveKafka();
const surroundings = {
  seed: 1,
  server: process.env.RAILHEAD_TEST_DATABASE_URL,
  brokers: kafka?.brokers,
  isShort: true,
};
const guards = Object.entries(CONTROLS);
const ofKafka = guards.filter(([, { needsKafka }]) => needsKafka);
const ofDoors = guards.filter(([name]) => name === 'signature' || name === 'roles');

async function expectProof(name) {
  const { on, off, verdict } = await runControl(CONTROLS[name], surroundings);
  expect({ on, off, verdict }).toEqual({ on, off, verdict: 'RED as it must' });
}

(kafka ? describe : describe.skip)('on Kafka, things go wrong without the guard, and only without it:', () => {
  it.each(ofKafka)('%s', (name) => expectProof(name), 120_000);
});

describe('at the doors, strangers get in without the guard, and only without it:', () => {
  it.each(ofDoors)('%s', (name) => expectProof(name), 120_000);
});

describe('a guard', () => {
  it('cannot be switched off in production', async () => {
    const asked = await half(CONTROLS.signature, surroundings, { off: true, production: true });
    expect(asked).toMatchObject({ faults: [] });
  }, 120_000);

  it('that can be switched off has a control', () => {
    const proved = new Set(guards.map(([, { guard }]) => guard));
    expect(GUARDS.filter((guard) => !proved.has(guard))).toEqual([]);
  });
});
