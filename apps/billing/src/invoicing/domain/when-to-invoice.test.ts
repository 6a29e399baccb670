import { describe, expect, it } from '@jest/globals';
import { goods, ORDER_ID } from '../../testing/builders.js';
import { onDelivered, onDispatched } from './when-to-invoice.js';

const left = goods('S1', '4');
const kept = { shipmentId: 'S1', orderId: ORDER_ID, goods: left, delivered: false };
const arrived = { shipmentId: 'S1', orderId: ORDER_ID, delivered: true };

describe('invoicing on dispatch', () => {
  it('invoices goods that left', () =>
    expect(onDispatched('dispatch', ORDER_ID, left, undefined)).toEqual({ do: 'invoice', goods: left }));
  it('does nothing more when they arrive', () => {
    expect(onDelivered('dispatch', arrived, undefined, true)).toEqual({ do: 'nothing' });
    expect(onDelivered('dispatch', arrived, undefined, false)).toEqual({ do: 'nothing' });
  });
  it('still invoices on arrival what was kept back under the other policy', () => {
    expect(onDelivered('dispatch', arrived, kept, false)).toEqual({ do: 'invoice', goods: left });
  });
});

describe('invoicing on delivery', () => {
  it('keeps goods that left until they arrive', () => {
    expect(onDispatched('delivery', ORDER_ID, left, undefined)).toEqual({ do: 'remember', shipment: kept });
    expect(onDelivered('delivery', arrived, kept, false)).toEqual({ do: 'invoice', goods: left });
  });
  it('remembers an arrival that comes first', () => {
    expect(onDelivered('delivery', arrived, undefined, false)).toEqual({ do: 'remember', shipment: arrived });
    expect(onDispatched('delivery', ORDER_ID, left, arrived)).toEqual({ do: 'invoice', goods: left });
  });
  it('does nothing for a shipment that has its invoice', () =>
    expect(onDelivered('delivery', arrived, undefined, true)).toEqual({ do: 'nothing' }));
});
