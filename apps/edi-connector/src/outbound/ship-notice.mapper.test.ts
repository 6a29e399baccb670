import { describe, expect, it } from '@jest/globals';
import type { ShipmentDispatched } from '@railhead/contracts';
import { linesOf, partnerWith, readBack } from '../testing/read-back.js';
import type { AnsweredOrder } from './answered-order.js';
import { toDispatchNotice } from './ship-notice.mapper.js';

type Shipment = ShipmentDispatched['data'];

const AT = new Date('2026-02-04T10:15:00.000Z');
const ids = { orderId: '018f0000-0000-7000-8000-000000000001', shipmentId: '018f0000-0000-7000-8000-00000000000a' };
const order: AnsweredOrder = {
  ...{ orderId: ids.orderId, partner: 'acme', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-03', echoes: [] },
};
const line = (lineId: string, quantity: string) => ({ lineId, sku: `RH-${lineId}`, quantity, unitCode: 'EA' });
const shipment: Shipment = {
  ...{ ...ids, shippedAt: AT.toISOString(), carrier: 'UPSN', trackingNumbers: [], packages: [] },
  lines: [line('1', '10'), line('2', '4')],
};
const pack = (trackingNumber: string, ...contents: [string, string][]) => ({
  trackingNumber,
  lines: contents.map(([lineId, quantity]) => ({ lineId, quantity })),
});
const noticeOf = (change: Partial<Shipment>, known: Partial<AnsweredOrder> = {}, settings: object = {}) => {
  const partner = partnerWith(settings);
  return readBack('856', toDispatchNotice({ ...order, ...known }, { ...shipment, ...change }, partner, AT), partner);
};
const levelsOf = (packages: Shipment['packages']): [string, string[]] => {
  const set = noticeOf({ packages });
  const levels = linesOf(set, 'HL').map((hl) => hl.split('*')[2]);
  return [levels.join(''), linesOf(set, 'SN1').map((sn1) => sn1.split('*')[1]!)];
};

describe('the goods in a ship notice', () => {
  it('are all that left, also what stands in no pack', () => {
    expect(levelsOf([pack('1Z1', ['1', '10'])])).toEqual(['SOPII', ['10', '4']]);
    expect(levelsOf([pack('1Z1', ['1', '6']), pack('1Z2', ['2', '4'])])).toEqual(['SOPIPII', ['6', '4', '4']]);
  });

  it('are told without packs where the packs hold more than left, or something else', () => {
    expect(levelsOf([pack('1Z1', ['1', '11'])])).toEqual(['SOII', ['10', '4']]);
    expect(levelsOf([pack('1Z1', ['9', '1'])])).toEqual(['SOII', ['10', '4']]);
  });

  it('are not those of which nothing is in the pack', () => {
    expect(levelsOf([pack('1Z1', ['1', '10'], ['2', '0']), pack('1Z2', ['2', '4']), pack('1Z3', ['2', '0'])])).toEqual([
      'SOPIPI',
      ['10', '4'],
    ]);
  });
});

describe('the numbers in a ship notice', () => {
  const [fits, tooLong] = ['4'.repeat(30), '4'.repeat(31)];

  it('are whole, or not there: a part of one would be another', () => {
    const set = noticeOf({ trackingNumbers: [fits, tooLong], billOfLading: tooLong });
    expect(linesOf(set, 'REF')).toEqual([`CN*${fits}`]);
    const newer = noticeOf({ trackingNumbers: [fits, tooLong] }, {}, { version: '005010' });
    expect(linesOf(newer, 'REF')).toEqual([`CN*${fits}`, `CN*${tooLong}`]);
  });

  it('are the buyer’s, for a place that an SDQ without a qualifier names', () => {
    const shipTo = { role: 'shipTo' as const, identifiers: [{ scheme: 'X12-', value: '0042' }] };
    expect(linesOf(noticeOf({ shipTo }), 'N1')).toEqual(['ST**92*0042']);
  });
});

describe('a ship notice', () => {
  it('names no place where all that is known of it has no room', () => {
    expect(linesOf(noticeOf({ shipTo: { role: 'shipTo', identifiers: [] } }), 'N1')).toEqual([]);
    const shipTo = { role: 'ST', name: 'Acme', idQualifier: '92', id: '7', city: 'Y', state: 'NY' };
    const set = noticeOf({}, { shipTo });
    expect(['N1', 'N3', 'N4'].map((id) => linesOf(set, id)[0])).toEqual(['ST*Acme', 'Y', '*NY']);
  });

  it('has units as the buyer calls them where the buyer named none', () => {
    const lines = [
      { ...line('1', '10'), unitCode: 'CA' },
      { ...line('2', '4'), unitCode: 'KGM' },
    ];
    const set = noticeOf({ lines }, { units: { CS: 'CA' } });
    expect(linesOf(set, 'SN1')).toEqual(['*10*CS', '*4*KG']);
  });
});
