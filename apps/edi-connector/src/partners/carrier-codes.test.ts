import { describe, expect, it } from '@jest/globals';
import { maySpeakOf } from './carrier-codes.js';

type Carrier = Parameters<typeof maySpeakOf>[0];

const aCarrier = (id: string, change: Partial<Carrier> = {}): Carrier => ({
  name: id.toLowerCase(),
  role: 'carrier',
  them: { qualifier: '02', id },
  ...change,
});
const swift = aCarrier('SWFT');
const estes = aCarrier('EXLA');
const broker = aCarrier('BROKER', { them: { qualifier: 'ZZ', id: 'BROKER' } });
const listed = aCarrier('UPSN', { carriers: ['UPSN', 'UPS'] });
const all = [swift, estes, broker, listed];

describe('where a shipment is, is told', () => {
  it.each([
    ['by the carrier that has it', swift, 'SWFT', true],
    ['by the carrier that has it, in other letters', swift, ' swft', true],
    ['by another partner’s carrier', swift, 'EXLA', false],
    ['by a carrier of a carrier that is no partner', swift, 'ODFL', true],
    ['by anybody where no carrier is known', swift, undefined, true],
    ['by a broker of a carrier that is no partner', broker, 'ODFL', true],
    ['by a broker of another partner’s carrier', broker, 'EXLA', false],
    ['under each name that a profile has for the carrier', listed, 'UPS', true],
    ['by a carrier beyond what its profile names', listed, 'ODFL', false],
    ['by a broker that names the other partner’s carrier', { ...broker, carriers: ['EXLA'] }, 'EXLA', true],
  ])('%s, or is not', (_who, partner, carrier, may) => {
    expect(maySpeakOf(partner, carrier, all)).toBe(may);
  });
});
