import { describe, expect, it } from '@jest/globals';
import { BEG, read } from '../testing/read-order.js';

const ORDER = [
  BEG,
  'CUR*BY*USD',
  'REF*DP*88',
  'CSH*SC',
  'SAC*C*G830***2500**********Handling',
  'ITD*01*3*2**10**30',
  'DTM*002*20260210',
  'TD5**2*ODFL*M',
  'N9*CT*C-1',
  'MSG*ring twice',
  'N1*ST*Dock 9*92*0009',
  'PO1*1*10*EA*12.50*PE*VP*RH-1001*BP*77-1',
  'CTP**UCP*12.50',
  'PID*F****Hammer',
  'SLN*1**I*2*EA*1*PE**VP*RH-2',
  'SCH*10*EA***002*20260210',
  'CTT*1*10',
];
const PLACES = ORDER.flatMap((segment, at) =>
  segment.split('*').flatMap((_, element) => (element === 0 ? [] : [[at, element] as const])),
);

function outcomeWith([at, element]: readonly [number, number], code: string): string {
  const segments = ORDER.map((segment, n) => (n === at ? segment.split('*').with(element, code).join('*') : segment));
  const outcome = JSON.stringify(read(...segments)).replace(/"orderId":"[^"]*"/, '');
  return outcome.replaceAll(new RegExp(code, 'gi'), 'CODE');
}

describe('a code that is called like a part of every object', () => {
  it.each(PLACES)('is like every code we do not know: segment %i, element %i', (...place) => {
    expect(outcomeWith(place, 'constructor')).toBe(outcomeWith(place, 'constructer'));
    expect(outcomeWith(place, '__proto__')).toBe(outcomeWith(place, '__prato__'));
  });
});
