import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVENTS } from '../catalogue.js';
import { OrderAllocated, OrderCaptured, ShipmentDispatched } from '../events/index.js';
import { arbitraryOf } from '../testing/arbitrary-of.js';
import { anOrder } from '../testing/an-order.js';
import { codecFor } from './codec.js';

describe('every event comes out of Avro as it went in', () => {
  it.each([...EVENTS.values()].map((definition) => [definition.type, definition] as const))(
    '%s',
    (_type, { schema, avro }) => {
      const codec = codecFor(avro);
      const property = fc.property(arbitraryOf(schema), (data) => {
        expect(codec.decode(codec.encode(schema.parse(data)))).toStrictEqual(data);
      });
      fc.assert(property, { numRuns: 30 });
    },
  );
});

describe('the codec', () => {
  it('leaves absent what was absent, at every depth', () => {
    const codec = codecFor(OrderCaptured.avro);
    const order = anOrder();
    const decoded = codec.decode(codec.encode(order));
    expect(decoded).toStrictEqual(order);
    expect(JSON.stringify(decoded)).not.toContain('null');
  });

  it('gives plain objects, so that they compare and clone like any other', () => {
    const codec = codecFor(OrderCaptured.avro);
    const decoded = codec.decode(codec.encode(anOrder())) as { lines: object[] };
    expect(Object.getPrototypeOf(decoded.lines[0])).toBe(Object.prototype);
  });

  it('fills in the empty lists that an older writer left out', () => {
    const codec = codecFor(ShipmentDispatched.avro);
    const lines = [{ lineId: '1', sku: 'A', quantity: '1', unitCode: 'EA' }];
    const data = {
      orderId: crypto.randomUUID(),
      shipmentId: crypto.randomUUID(),
      shippedAt: '2026-01-01T00:00:00Z',
      carrier: 'UPS',
      lines,
    };
    expect(codec.decode(codec.encode(data))).toMatchObject({ trackingNumbers: [], packages: [] });
  });

  it('reads what an older schema wrote', () => {
    const record = (fields: object[]) => ({ type: 'record', name: 'Thing', fields });
    const older = record([{ name: 'a', type: 'string' }]);
    const newer = record([
      { name: 'a', type: 'string' },
      { name: 'b', type: ['null', 'string'], default: null },
    ]);
    const bytes = codecFor(older).encode({ a: 'x' });
    expect(codecFor(older, newer).decode(bytes)).toStrictEqual({ a: 'x' });
  });

  it('reads single fields of any event as it reads them with all the others', () => {
    for (const { schema, avro } of EVENTS.values()) {
      const whole = codecFor(avro);
      const { fields: names } = avro as unknown as { fields: { name: string }[] };
      for (const { name } of names) {
        const part = codecFor(avro, avro, [name]);
        const property = fc.property(arbitraryOf(schema), (data) => {
          const bytes = whole.encode(schema.parse(data));
          const { [name]: expected } = whole.decode(bytes) as Record<string, unknown>;
          expect(part.decode(bytes)).toStrictEqual(expected === undefined ? {} : { [name]: expected });
        });
        fc.assert(property, { numRuns: 2 });
      }
    }
  });

  it('does not pretend to read a field that there is not', () => {
    expect(() => codecFor(OrderAllocated.avro, OrderAllocated.avro, ['colour'])).toThrow('colour');
  });

  it('refuses bytes that are not its schema', () => {
    expect(() => codecFor(OrderAllocated.avro).decode(Buffer.from('not avro'))).toThrow();
  });
});
