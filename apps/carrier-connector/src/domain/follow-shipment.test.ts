import { TRACK_STATUSES, type TrackStatus } from '@railhead/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { followShipment, foundMarkOf, markOf, type Progress, type ShipmentState } from './follow-shipment.js';
import type { KeptScan } from './scan.js';

let count = 0;

function scan(status: TrackStatus, hour: number, change: Partial<KeptScan> = {}): KeptScan {
  count += 1;
  return {
    scanId: String(count).padStart(6, '0'),
    trackingNumber: 'A',
    carrier: 'UPS',
    status,
    carrierCode: status,
    occurredAt: `2026-02-03T${String(hour).padStart(2, '0')}:00:00.000Z`,
    zoneKnown: true,
    ...change,
  };
}

/** A shipment that hears of its scans one after the other, as they arrive. */
class Story {
  state: ShipmentState;
  readonly told: Progress[] = [];

  constructor(...trackingNumbers: string[]) {
    this.state = {
      shipmentId: 's',
      orderId: 'o',
      correlationId: 'c',
      trackingNumbers: trackingNumbers.length > 0 ? trackingNumbers : ['A'],
      scansFrom: '2026-02-03T00:00:00.000Z',
      scansTo: '2026-02-03T23:00:00.000Z',
      deliveredAt: undefined,
      delayedSince: undefined,
      troubles: [],
      scans: [],
    };
  }

  hear(...scans: KeptScan[]): Progress {
    const heard = {
      ...this.state,
      scans: [...this.state.scans, ...scans.map((one) => ({ ...one, announced: false }))],
    };
    const progress = followShipment(heard);
    const announced = new Set([...progress.tracked, ...progress.foreign].map((one) => one.scanId));
    this.state = {
      ...heard,
      scans: heard.scans.map((one) => ({ ...one, announced: one.announced || announced.has(one.scanId) })),
      deliveredAt: heard.deliveredAt ?? progress.delivered?.at,
      delayedSince: progress.delayed?.occurredAt ?? heard.delayedSince,
      troubles: [...heard.troubles, ...progress.troubles.map(markOf), ...progress.found.map(foundMarkOf)],
    };
    this.told.push(progress);
    return progress;
  }
}

describe('a shipment is delivered', () => {
  it('when its only parcel is', () => {
    expect(new Story().hear(scan('delivered', 9, { signedBy: 'M. Ortiz' })).delivered).toEqual({
      at: '2026-02-03T09:00:00.000Z',
      signedBy: 'M. Ortiz',
    });
  });

  it('when its last parcel is, at that time, and not before', () => {
    const story = new Story('A', 'B');
    expect(story.hear(scan('delivered', 12)).delivered).toBeUndefined();
    expect(story.hear(scan('delivered', 9, { trackingNumber: 'B' })).delivered).toEqual({
      at: '2026-02-03T12:00:00.000Z',
      signedBy: undefined,
    });
  });

  it('once, whatever is scanned afterwards', () => {
    const story = new Story();
    story.hear(scan('delivered', 9));
    for (const status of TRACK_STATUSES) expect(story.hear(scan(status, 10)).delivered).toBeUndefined();
  });

  it('even when an older scan arrives later, or a younger one strays in', () => {
    const story = new Story('A', 'B');
    story.hear(scan('delivered', 9), scan('out_for_delivery', 8), scan('in_transit', 10));
    expect(story.hear(scan('delivered', 9, { trackingNumber: 'B' })).delivered).toBeDefined();
  });

  it('not by a code that nobody knows', () => {
    expect(new Story().hear(scan('unknown', 9, { carrierCode: 'delivered?' })).delivered).toBeUndefined();
  });

  it('not by a parcel that is "delivered" back to us', () => {
    const progress = new Story().hear(scan('returning', 8), scan('delivered', 9));
    expect(progress).toMatchObject({ delivered: undefined, troubles: [{ code: 'PARCEL_RETURNED' }] });
  });

  it('never when it has no parcels', () => {
    const story = new Story();
    story.state = { ...story.state, trackingNumbers: [] };
    expect(story.hear().delivered).toBeUndefined();
  });
});

describe('a delivery taken back', () => {
  it('before the whole shipment was delivered only means that it is not delivered yet', () => {
    const story = new Story('A', 'B');
    story.hear(scan('delivered', 9), scan('exception', 10));
    expect(story.hear(scan('delivered', 9, { trackingNumber: 'B' }))).toMatchObject({
      delivered: undefined,
      troubles: [],
    });
    expect(story.hear(scan('delivered', 11)).delivered).toMatchObject({ at: '2026-02-03T11:00:00.000Z' });
  });

  it('afterwards is trouble for a person, once', () => {
    const story = new Story();
    story.hear(scan('delivered', 9));
    expect(story.hear(scan('exception', 10)).troubles).toMatchObject([{ code: 'DELIVERY_CORRECTED' }]);
    expect(story.hear(scan('exception', 11)).troubles).toEqual([]);
  });

  it('by an exception from before it is none', () => {
    const story = new Story();
    story.hear(scan('delivered', 9));
    expect(story.hear(scan('exception', 8)).troubles).toEqual([]);
  });
});

describe('trouble', () => {
  it('of a second parcel is told as well, and what becomes of the first', () => {
    const story = new Story('A', 'B');
    expect(story.hear(scan('lost', 9)).troubles).toMatchObject([{ code: 'PARCEL_LOST' }]);
    const second = story.hear(scan('returning', 10, { trackingNumber: 'B' }));
    expect(second.troubles).toMatchObject([{ code: 'PARCEL_RETURNED', scan: { trackingNumber: 'B' } }]);
    expect(story.hear(scan('returned', 11, { trackingNumber: 'B' }), scan('lost', 12)).troubles).toEqual([]);
  });

  it('of several parcels is told of all at once', () => {
    const { troubles } = new Story('A', 'B').hear(scan('lost', 9), scan('returned', 9, { trackingNumber: 'B' }));
    expect(troubles.map(({ code }) => code)).toEqual(['PARCEL_LOST', 'PARCEL_RETURNED']);
  });

  it('with a delivery that ends with its return is told as both', () => {
    const story = new Story();
    story.hear(scan('delivered', 9), scan('exception', 8));
    story.hear(scan('exception', 10));
    expect(story.hear(scan('returned', 11)).troubles).toMatchObject([{ code: 'PARCEL_RETURNED' }]);
  });

  it('that was told of the whole shipment once is not told again', () => {
    const story = new Story();
    story.state = { ...story.state, troubles: ['PARCEL_LOST'] };
    expect(story.hear(scan('lost', 9)).troubles).toEqual([]);
  });
});

describe('a lost parcel', () => {
  it('is found when it moves again, once, and may be lost again', () => {
    const story = new Story();
    expect(story.hear(scan('lost', 9))).toMatchObject({ troubles: [{ code: 'PARCEL_LOST' }], found: [] });
    expect(story.hear(scan('in_transit', 8)).found).toEqual([]); // told late
    expect(story.hear(scan('in_transit', 10)).found).toMatchObject([{ status: 'in_transit' }]);
    expect(story.hear(scan('in_transit', 11)).found).toEqual([]);
    expect(story.hear(scan('lost', 12)).troubles).toMatchObject([{ code: 'PARCEL_LOST' }]);
    expect(story.hear(scan('delivered', 13))).toMatchObject({ delivered: {}, found: [{ status: 'delivered' }] });
  });

  it('is not found by a word that is no movement', () => {
    const story = new Story();
    story.hear(scan('lost', 9));
    expect(story.hear(scan('exception', 10), scan('delayed', 11), scan('unknown', 12)).found).toEqual([]);
  });
});

describe('a delay', () => {
  it('is told once, and again when there is a new one', () => {
    const story = new Story();
    expect(story.hear(scan('delayed', 8)).delayed).toBeDefined();
    expect(story.hear(scan('unknown', 9)).delayed).toBeUndefined();
    expect(story.hear(scan('delayed', 10)).delayed).toBeDefined();
  });

  it('that is over when we hear of it is not told', () => {
    const story = new Story();
    story.hear(scan('out_for_delivery', 9));
    expect(story.hear(scan('delayed', 8))).toMatchObject({ delayed: undefined, tracked: [{ status: 'delayed' }] });
  });
});

describe('scans of another shipment that had the number before or will have it', () => {
  it.each([
    ['2026-02-02T23:59:59.999Z', 0],
    ['2026-02-03T00:00:00.000Z', 1],
    ['2026-02-03T23:00:00.000Z', 1],
    ['2026-02-03T23:00:00.001Z', 0],
  ])('are left out: %s counts %d times', (occurredAt, times) => {
    const progress = new Story().hear(scan('delivered', 0, { occurredAt }));
    expect(progress.tracked).toHaveLength(times);
    expect(progress.delivered !== undefined).toBe(times === 1);
  });
});

describe('a scan whose sender is proved to be one carrier', () => {
  const told = (carrier: string | undefined, speaksFor: string[] | undefined): Progress => {
    const story = new Story();
    story.state = { ...story.state, carrier };
    return story.hear(scan('delivered', 9, { speaksFor }));
  };

  it.each([
    ['of what another carries', 'FDEG', ['UPS', 'UPSN'], false],
    ['of what it carries', 'UPSN', ['UPS', 'UPSN'], true],
    ['of what it carries, in other letters', ' ups', ['UPS'], true],
    ['of what nobody knows the carrier of', undefined, ['UPS'], true],
    ['of what was shipped with a blank for the carrier', ' ', ['UPS'], true],
    ['for many, of what any of them carries', 'FDEG', undefined, true],
  ])('%s counts or not', (_what, carrier, speaksFor, counts) => {
    const { tracked, delivered, foreign } = told(carrier, speaksFor);
    expect({ tracked: tracked.length, delivered: delivered !== undefined, foreign: foreign.length }).toEqual(
      counts ? { tracked: 1, delivered: true, foreign: 0 } : { tracked: 0, delivered: false, foreign: 1 },
    );
  });
});

it('tells every scan once and a delivery exactly once, in whatever order and portions the scans arrive', () => {
  const statuses = TRACK_STATUSES.filter((status) => !['exception', 'returning', 'returned', 'lost'].includes(status));
  const anyScan = fc.record({
    status: fc.constantFrom(...statuses),
    hour: fc.integer({ min: 0, max: 22 }),
    parcel: fc.constantFrom('A', 'B'),
  });
  fc.assert(
    fc.property(fc.array(anyScan, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 4 })), (drawn, portions) => {
      const scans = drawn.map(({ status, hour, parcel }) => scan(status, hour, { trackingNumber: parcel }));
      const story = new Story('A', 'B');
      for (let at = 0, turn = 0; at < scans.length; turn += 1) {
        const size = portions[turn] ?? 1;
        story.hear(...scans.slice(at, at + size));
        at += size;
      }
      const told = story.told.flatMap((progress) => progress.tracked.map((one) => one.scanId));
      expect([...told].sort()).toEqual(scans.map((one) => one.scanId).sort());
      const arrived = ['A', 'B'].every((parcel) =>
        scans.some((one) => one.trackingNumber === parcel && one.status === 'delivered'),
      );
      expect(story.told.filter((progress) => progress.delivered !== undefined)).toHaveLength(arrived ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});
