import { describe, expect, it } from '@jest/globals';
import { anOrderFile } from '../testing/an-order-file.js';
import { nextMoves } from './next-moves.js';

const namesOf = (change: Parameters<typeof anOrderFile>[0]) => nextMoves(anOrderFile(change)).map(({ name }) => name);
const shipment = anOrderFile().shipments[0]!;
const invoice = anOrderFile().invoices[0]!;

describe('the outside world of the demo', () => {
  it('does nothing for an order that waits for nobody outside', () => {
    expect(namesOf({ status: 'received', shipments: [], invoices: [] })).toEqual([]);
  });

  it('releases a hold', () => {
    expect(namesOf({ status: 'on-hold', shipments: [], invoices: [] })).toEqual([
      'release 11111111-1111-8111-8111-111111111111',
    ]);
  });

  it('ships what the warehouse was asked for, and nothing that was cancelled', () => {
    const shipments = [
      { ...shipment, shipmentId: 'a', state: 'requested' },
      { ...shipment, shipmentId: 'b', state: 'cancelled' },
    ];
    expect(namesOf({ shipments, invoices: [] })).toEqual(['ship a']);
  });

  it('delivers what is on the road and pays what is open, at the same time', () => {
    expect(namesOf({})).toEqual(['deliver s-1', 'pay INV-1']);
  });

  it('does not pay twice', () => {
    expect(namesOf({ shipments: [], invoices: [{ ...invoice, open: { currency: 'USD', minor: 0 } }] })).toEqual([]);
  });
});
