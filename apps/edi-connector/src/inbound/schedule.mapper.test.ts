import { describe, expect, it } from '@jest/globals';
import { BEG, faults, LINE, order, orderOf, read } from '../testing/read-order.js';

const store = (id: string) => ({ role: 'shipTo', identifiers: [{ scheme: 'BUYER', value: id }] });

describe('a line for many stores', () => {
  it('is one line with a part for each store', () => {
    const [line] = order([], ['SDQ*EA*92*0001*6*0002*4']).lines;
    expect(line).toMatchObject({ quantity: { value: '10' }, lineExtensionAmount: { minor: 12_500 } });
    expect(line!.schedules).toEqual([
      { scheduleId: '1', quantity: { value: '6', unitCode: 'EA' }, shipTo: store('0001') },
      { scheduleId: '2', quantity: { value: '4', unitCode: 'EA' }, shipTo: store('0002') },
    ]);
  });

  it('goes on over several SDQs, up to ten stores in each', () => {
    const pairs = Array.from({ length: 10 }, (_, index) => `${1000 + index}*1`).join('*');
    const line = 'PO1*1*12*EA*1.00**VP*RH-1';
    const { schedules } = order([], [`SDQ*EA*92*${pairs}`, 'SDQ*EA*92*2000*2'], line).lines[0]!;
    expect(schedules).toHaveLength(11);
    expect(schedules[10]).toMatchObject({ quantity: { value: '2' }, shipTo: store('2000') });
  });

  it('knows the stores that the header names, and does not ship all of it to one of them', () => {
    const header = ['N1*ST*Store One*92*0001', 'N3*1 Main St', 'N4*Reno*NV*89501', 'N1*ST*Store Two*92*0002'];
    const found = order(header, ['SDQ*EA*92*0001*6*0002*4']);
    expect(found.parties.map(({ role }) => role)).toEqual(['buyer']);
    expect(found.lines[0]!.schedules.map(({ shipTo }) => shipTo)).toMatchObject([
      { ...store('0001'), name: 'Store One', postalAddress: { lines: ['1 Main St'], city: 'Reno' } },
      { ...store('0002'), name: 'Store Two' },
    ]);
    expect(found.provenance.fields).toMatchObject({
      '/lines/0/schedules/1/quantity': 'SDQ06',
      '/lines/0/schedules/1/shipTo': 'SDQ05',
      '/lines/0/schedules/1/shipTo/name': 'N1[2]/N102',
    });
  });

  it.each(['10', '10.0', ''])('may say one day for all stores, with %j of them', (all) => {
    const dated = order([], ['SDQ*EA*92*0001*6*0002*4', `SCH*${all}*EA***002*20260210`]).lines[0]!;
    expect(dated.schedules.map(({ requestedTo }) => requestedTo)).toEqual(['2026-02-10', '2026-02-10']);
  });

  it.each([
    ['parts that are one short', ['SDQ*EA*92*0001*6*0002*3'], 'PO102'],
    ['parts that are one too many', ['SDQ*EA*92*0001*6*0002*5'], 'PO102'],
    ['a store without a quantity', ['SDQ*EA*92*0001*6*0002'], 'SDQ06'],
    ['a quantity without a store', ['SDQ*EA*92*0001*6**4'], 'SDQ05'],
    ['a date for a part of it beside the stores', ['SDQ*EA*92*0001*10', 'SCH*6*EA***002*20260210'], 'SCH01'],
    ['stores in another unit', ['SDQ*CA*92*0001*6*0002*4'], 'SDQ01'],
    [
      'stores and days at once',
      ['SDQ*EA*92*0001*10', 'SCH*6*EA***002*20260210', 'SCH*4*EA***002*20260217'],
      'SCH[1]/SCH01',
    ],
  ])('is refused with %s', (_what, below, at) => {
    expect(faults(BEG, LINE, ...below)).toContain(at);
  });
});

describe('a line with its own place', () => {
  it('goes there as a whole', () => {
    const { schedules } = order([], ['N1*ST*Depot*92*77', 'N3*9 Dock Rd', 'N4*Ely*NV*89301']).lines[0]!;
    expect(schedules).toMatchObject([
      { quantity: { value: '10' }, shipTo: { ...store('77'), name: 'Depot', postalAddress: { city: 'Ely' } } },
    ]);
  });

  it('may differ from the place of the order', () => {
    const found = order(['N1*ST*Main*92*1'], ['N1*ST*Depot*92*77']);
    expect(found.parties).toMatchObject([{ role: 'buyer' }, { role: 'shipTo', name: 'Main' }]);
    expect(found.lines[0]!.schedules[0]!.shipTo!.name).toBe('Depot');
  });

  it('is divided where every place says how many', () => {
    const { schedules } = order([], ['N1*ST*A*92*1', 'QTY*38*6', 'N1*ST*B*92*2', 'SCH*4*EA***002*20260210']).lines[0]!;
    expect(schedules).toMatchObject([
      { quantity: { value: '6' }, shipTo: store('1') },
      { quantity: { value: '4' }, shipTo: store('2'), requestedTo: '2026-02-10' },
    ]);
    expect(faults(BEG, LINE, 'N1*ST*A*92*1', 'N1*ST*B*92*2', 'QTY*38*10')).toEqual(['N1[1]/N101']);
  });

  it('keeps its days', () => {
    const { schedules } = order([], ['SCH*6*EA***002*20260210', 'SCH*4*EA***002*20260217', 'N1*ST*A*92*1']).lines[0]!;
    expect(schedules.map(({ requestedTo, shipTo }) => [requestedTo, shipTo?.name])).toEqual([
      ['2026-02-10', 'A'],
      ['2026-02-17', 'A'],
    ]);
  });

  it('finds the address in the header by its number', () => {
    const found = orderOf(
      BEG,
      'N1*ST*A*92*1',
      'N4*Reno*NV*89501',
      'N1*ST*B*92*2',
      LINE,
      'N1*ST**92*2',
      'PO1*2*1*EA*1.00**VP*RH-2',
      'N1*ST**92*1',
    );
    expect(found.lines.map(({ schedules }) => schedules[0]!.shipTo!.name)).toEqual(['B', 'A']);
  });

  it('must be said for every line where the header names several', () => {
    const header = [BEG, 'N1*ST*A*92*1', 'N1*ST*B*92*2'];
    const second = 'PO1*2*1*EA*1.00**VP*RH-2';
    expect(faults(...header, LINE, 'N1*ST**92*1', second)).toEqual(['N1[2]/N101']);
    expect(read(...header, LINE, 'N1*ST**92*1', second, 'SDQ*EA*92*2*1').ok).toBe(true);
  });
});

describe('a line on several days', () => {
  it.each([
    ['SCH*6*EA***002*20260210', 'SCH*4*EA***002*20260217', []],
    ['SCH*6*EA***002*20260210', 'SCH*3*EA***002*20260217', ['PO102']],
    ['SCH*6*EA***002*20260210', 'SCH*4*CA***002*20260217', ['SCH[2]/SCH02']],
    ['SCH**EA***002*20260210', 'SCH*10*EA***002*20260217', ['SCH[1]/SCH01']],
  ])('%s and %s', (first, second, expected) => {
    expect(faults(BEG, LINE, first, second)).toEqual(expected);
  });

  it('may have a window for each', () => {
    const { schedules } = order([], ['SCH*10*EA***064*20260210**063*20260217']).lines[0]!;
    expect(schedules).toMatchObject([{ requestedFrom: '2026-02-10', requestedTo: '2026-02-17' }]);
  });

  it('takes the line’s own date where a part has none', () => {
    const parts = ['DTM*002*20260220', 'SCH*6*EA', 'SCH*4*EA***002*20260217'];
    expect(order([], parts).lines[0]!.schedules.map(({ requestedTo }) => requestedTo)).toEqual([
      '2026-02-20',
      '2026-02-17',
    ]);
  });

  it('is wanted as a whole on the line’s date', () => {
    const { schedules } = order([], ['DTM*037*20260301', 'DTM*038*20260305', 'DTM*002*20260310']).lines[0]!;
    expect(schedules).toEqual([
      {
        scheduleId: '1',
        quantity: { value: '10', unitCode: 'EA' },
        despatchFrom: '2026-03-01',
        despatchTo: '2026-03-05',
        requestedTo: '2026-03-10',
      },
    ]);
  });
});
