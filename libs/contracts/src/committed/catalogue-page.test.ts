import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { EVENTS } from '../catalogue.js';
import { defineEvent } from '../define-event.js';
import { Decimal } from '../values.js';
import { asyncApiDocument } from './asyncapi-document.js';
import { cataloguePage } from './catalogue-page.js';

const part = z.strictObject({ weight: Decimal }).meta({ id: 'Part' });
const made = defineEvent(
  'thing.made.v1',
  { topic: 'orders', writers: ['maker'], meaning: 'A thing was made.' },
  z.strictObject({ id: z.uuid(), parts: z.array(part).default([]), kind: z.enum(['big', 'small']).optional() }),
);

describe('cataloguePage', () => {
  const page = cataloguePage([made]);

  it('shows topic, meaning, writers and every field with its type', () => {
    expect(page).toContain('`thing.made.v1` A thing was made. Written by maker.');
    expect(page).toContain("`id: uuid`, `parts?: Part[]`, `kind?: 'big' | 'small'`");
  });

  it('explains the records once, below', () => {
    expect(page).toContain('- **Part**: `weight: decimal`');
  });

  it('names every event that exists', () => {
    const whole = cataloguePage([...EVENTS.values()]);
    for (const type of EVENTS.keys()) expect(whole).toContain(`\`${type}\``);
    expect(whole).toContain('- **CanonicalOrder**: ');
  });
});

it('asyncApiDocument puts each event on the channel of its topic with its committed schema', () => {
  expect(asyncApiDocument([made], '1.2.3')).toMatchObject({
    channels: { orders: { messages: { ThingMade: { $ref: '#/components/messages/ThingMade' } } } },
    components: {
      messages: { ThingMade: { payload: { schema: { $ref: '../libs/contracts/schemas/thing.made.v1.avsc' } } } },
    },
  });
});
