import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import { NAMED_OVERLAYS, readOverlays } from './overlay-data.js';

/** What is wrong with them, as a person reads it: `0/sets/850/mandatory/0: …`. */
function faultsOf(...overlays: readonly unknown[]): string[] {
  const read = readOverlays(overlays);
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path.join('/')}: ${message}`);
}
const faultsIn = (rules: object, set = '850') => faultsOf({ sets: { [set]: rules } });

describe('overlays as data', () => {
  it('are put on top of the standard, by name or written out', () => {
    const read = readOverlays(['vics', { sets: { '850': { mandatory: ['/CUR'] } } }]);
    if (!read.ok) throw new Error('they are good');
    const segments = ['BEG*00*SA*4500017**20261102', 'PO1*1*2*EA*9.95'];
    const set = theSet(setOf('850', segments, '004010VICS'), { schemas: read.schemas });
    expect(issuesOf(set)).toEqual(['element-missing PO106 #3', 'element-missing PO107 #3', 'segment-missing CUR #3']);
  });

  it('of ours have nothing wrong with them', () => {
    expect(faultsOf(...Object.keys(NAMED_OVERLAYS))).toEqual([]);
    expect(faultsOf(...Object.values(NAMED_OVERLAYS))).toEqual([]);
  });

  it('may say all that can be said', () => {
    const rules = {
      mandatory: ['BEG06', '/N1', 'PO1/N104', 'REF04-01'],
      forbidden: ['SAC', 'PO1/SDQ'],
      codes: { PO103: ['EA', 'CA'], PO102: ['1', '12'] },
      moreCodes: { PID01: ['Q'] },
      lengths: { BEG03: [6, 12], BEG05: [8, 8] },
      uses: { PO1: 40, '/REF': 2 },
      added: [{ after: 'PO1/PO4', segments: '[ZP*2 PWK*5]' }],
    };
    const own = { elements: '9001 N0 1/4\n9002 ID 2/2 AA BB', segments: 'ZP 9001! 9002 | P0102' };
    expect(faultsOf({ name: 'Bright Home', industry: 'VICS', ...own, sets: { '850': rules, '*': {} } })).toEqual([]);
  });

  it.each([
    ['no list', {}, ': a list of overlays is wanted'],
    ['no overlay', [7], '0: an object is wanted'],
    ['a name we do not know', ['retail'], '0: no overlay of ours is called retail; there is vics'],
    ['a slip in a key', [{ set: {} }], '0/set: unknown; known are name, industry, elements, segments, sets'],
    ['a set we do not know', [{ sets: { '315': {} } }], '0/sets/315: there is no schema for a set 315'],
    ['a rule we do not know', [{ sets: { '850': { must: [] } } }], '0/sets/850/must: unknown; known are mandatory,'],
    ['an industry in small letters', [{ industry: 'vics' }], '0/industry: capitals and digits are wanted'],
    ['too many', Array.from({ length: 11 }, () => 'vics'), ': more than 10 overlays'],
    ['too much', [{ segments: 'X'.repeat(20_001) }], '0/segments: longer than 20000 characters'],
    ['a key of the language', [JSON.parse('{"__proto__":{"a":1}}')], '0/__proto__: unknown'],
  ])('are refused: %s', (_what, given, fault) => {
    const read = readOverlays(given);
    expect(read.ok ? [] : read.faults.map(({ path, message }) => `${path.join('/')}: ${message}`)).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  it.each([
    [{ mandatory: ['beg03'] }, 'mandatory/0: beg03 is not a place'],
    [{ mandatory: [] }, 'mandatory: a list of at least one is wanted'],
    [{ forbidden: ['SAC', 'REF02'] }, 'forbidden/1: REF02 is an element'],
    [{ codes: { PO1: ['EA'] } }, 'codes/PO1: PO1 is a segment'],
    [{ codes: { PO103: [] } }, 'codes/PO103: a list of at least one is wanted'],
    [{ codes: { PO103: [1] } }, 'codes/PO103/0: a text is wanted'],
    [{ lengths: { BEG03: [8] } }, 'lengths/BEG03: the shortest and the longest length are wanted'],
    [{ uses: { PO1: 0 } }, 'uses/PO1: a whole number from 1 to'],
    [{ added: [{ after: 'PO4' }] }, 'added/0/segments: is needed'],
    [{ added: [{ after: 'PO4', segments: '[PWK*5' }] }, 'added/0/segments: "[PWK*5" is no list of segments'],
    [{ added: [{ after: 'PO4', segments: 'PWK*0' }] }, 'added/0/segments: "PWK*0" is no list of segments'],
  ])('name the place of what cannot be read: %j', (rules, fault) => {
    expect(faultsIn(rules)).toEqual([expect.stringContaining(`0/sets/850/${fault}`)]);
  });

  it.each([
    [{ elements: 'BIG 9' }, '0/elements: "BIG 9" is no element'],
    [{ elements: '9001 AN 5/4' }, '0/elements: "9001 AN 5/4": from 5 to 4 characters cannot be'],
    [{ segments: 'zp 127' }, '0/segments: "zp 127" is no segment'],
    [{ segments: 'ZP 127 352 | P0104' }, '0/segments: "ZP 127 352 | P0104" has no element 04'],
  ])('name the line that is not in our notation: %j', (overlay, fault) => {
    expect(faultsOf(overlay)).toEqual([expect.stringContaining(fault)]);
  });
});

describe('an overlay that asks for what can never be', () => {
  it.each([
    // What no set has.
    [{ mandatory: ['BIG03'] }, 'mandatory/0: BIG03 stands in no 850 that we know'],
    [{ forbidden: ['SAX'] }, 'forbidden/0: SAX stands in no 850 that we know'],
    [{ uses: { 'N1/PO1': 4 } }, 'uses/N1/PO1: N1/PO1 stands in no 850 that we know'],
    [{ mandatory: ['BEG13'] }, 'mandatory/0: BEG has 12 elements, there is no BEG13'],
    [{ codes: { REF04: ['A'] } }, 'codes/REF04: REF04 is made of components: say which, as in REF04-01'],
    [{ codes: { 'REF02-01': ['A'] } }, 'codes/REF02-01: REF02-01: REF has no components there'],
    // What it says itself.
    [{ mandatory: ['/REF'], forbidden: ['REF'] }, 'mandatory/0: /REF is forbidden as well'],
    [{ mandatory: ['PO1/N104'], forbidden: ['PO1/N1'] }, 'mandatory/0: PO1/N104 is forbidden as well'],
    [{ uses: { 'PO1/SDQ': 3 }, forbidden: ['SDQ'] }, 'uses/PO1/SDQ: PO1/SDQ is forbidden as well'],
    [{ lengths: { BEG03: [9, 8] } }, 'lengths/BEG03: at least 9 and at most 8 cannot be'],
    [
      { codes: { PO107: ['LAMP-1'] }, lengths: { PO107: [7, 9] } },
      'codes/PO107: "LAMP-1" can never stand in PO107: text of 7 to 9 characters',
    ],
    // What the standard says.
    [{ codes: { PO103: ['CASE'] } }, 'codes/PO103: "CASE" can never stand in PO103: a code of 2 to 2 characters'],
    [{ moreCodes: { BEG01: ['XYZ'] } }, 'moreCodes/BEG01: "XYZ" can never stand in BEG01'],
    [{ codes: { PO102: ['many'] } }, 'codes/PO102: "many" can never stand in PO102: a number of 1 to'],
    [{ codes: { BEG05: ['20261122'] } }, 'codes/BEG05: BEG05 is a date, it has no list of codes'],
    [{ lengths: { BEG05: [9, 10] } }, 'lengths/BEG05: BEG05: nothing is as long as that: a date of 9 to 10 characters'],
  ])('is refused at its place: %j', (rules, fault) => {
    const faults = faultsIn(rules);
    expect(faults).toContainEqual(expect.stringContaining(`0/sets/850/${fault}`));
  });

  it('is refused where both of two elements must come, and only one may', () => {
    const rules = { mandatory: ['N402', 'N407'] };
    const own = { segments: 'N4 19 156 116 26 309 310 1715 | E0207' };
    expect(faultsOf({ ...own, sets: { '850': rules } })).toEqual([
      '0/sets/850/mandatory/0: N402 excludes another element that is mandatory',
      '0/sets/850/mandatory/1: N407 excludes another element that is mandatory',
    ]);
    expect(faultsOf({ ...own, sets: { '850': { mandatory: ['N402'] } } })).toEqual([]);
  });

  it('is refused also where two overlays cannot be kept at once, each in the other', () => {
    expect(faultsOf({ sets: { '850': { forbidden: ['CUR'] } } }, { sets: { '850': { mandatory: ['/CUR'] } } })).toEqual(
      ['1/sets/850/mandatory/0: /CUR is forbidden as well'],
    );
  });

  it('may ask in one set what it forbids in another, and narrow what it asks everywhere', () => {
    expect(faultsOf({ sets: { '*': { mandatory: ['/CUR'] }, '855': { forbidden: ['/CUR'] } } })).toEqual([]);
    expect(faultsIn({ mandatory: ['N104'], forbidden: ['PO1/N1'] })).toEqual([]);
    expect(faultsIn({ mandatory: ['QQQ'] }, '*')).toEqual(['0/sets/*/mandatory/0: QQQ stands in no set that we know']);
  });

  it('may name what came or went with a release', () => {
    expect(faultsIn({ forbidden: ['MTX'], uses: { MSG: 5 } })).toEqual([]);
  });

  it('is refused when it grows without end', () => {
    const added = Array.from({ length: 20 }, () => ({ after: 'N1', segments: 'N1* '.repeat(20).trim() }));
    const faults = faultsOf(...Array.from({ length: 10 }, () => ({ sets: { '850': { added } } })));
    expect(faults[0]).toBe('0/sets/850: more than 5000 places in one set');
  });
});

describe('whatever overlays say', () => {
  const place = fc.constantFrom(
    'BEG03',
    '/N1',
    'N104',
    'PO1',
    'PO1/N1',
    'REF04-01',
    'CUR',
    'QQQ',
    'BEG99',
    'x',
    'PO103',
    '/',
  );
  const word = fc.constantFrom('EA', 'CASE', '1', '20261122', '', 'é');
  const layout = fc.constantFrom('PWK*5', '[N9*10 MSG*]', '[ZP', 'ZP*0', 'N1*', 'PO1!', '[]');
  const number = fc.integer({ min: -1, max: 60 });
  const rules = fc.record(
    {
      mandatory: fc.array(place, { maxLength: 3 }),
      forbidden: fc.array(place, { maxLength: 3 }),
      codes: fc.dictionary(place, fc.array(word, { maxLength: 3 }), { maxKeys: 2 }),
      moreCodes: fc.dictionary(place, fc.array(word, { maxLength: 3 }), { maxKeys: 2 }),
      lengths: fc.dictionary(place, fc.array(number, { minLength: 2, maxLength: 2 }), { maxKeys: 2 }),
      uses: fc.dictionary(place, number, { maxKeys: 2 }),
      added: fc.array(fc.record({ after: place, segments: layout }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  const bytes = setOf('850', ['BEG*00*SA*4500017**20261102', 'REF*DP*014', 'N1*ST*A*92*1', 'PO1*1*2*EA*9.95', 'CTT*1']);

  it('they are read or refused, and what is read can be used', () => {
    const overlays = fc.array(fc.record({ sets: fc.dictionary(fc.constantFrom('850', '855'), rules) }), {
      maxLength: 2,
    });
    let read = 0;
    fc.assert(
      fc.property(overlays, (given) => {
        const found = readOverlays(given);
        if (!found.ok) return expect(found.faults).not.toEqual([]);
        read += 1;
        theSet(bytes, { schemas: found.schemas });
      }),
      { numRuns: 150 },
    );
    expect(read).toBeGreaterThan(5);
    fc.assert(fc.property(fc.jsonValue(), (given) => void readOverlays(given)));
  });
});
