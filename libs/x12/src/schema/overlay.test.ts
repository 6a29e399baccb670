import { describe, expect, it } from '@jest/globals';
import type { InterchangeHeader } from '../read/units.js';
import { issuesOf, readAll, setsIn, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import type { SchemaOverlay, SetOverlay } from './overlay.js';
import { STANDARD_SCHEMAS } from './standard-schemas.js';
import { VICS_OVERLAY } from './vics-overlay.js';

const BEG = 'BEG*00*SA*4500017**20261102';
const PLACE = ['N1*ST*A*92*0012', 'N4*Portland*OR*97201'];
const PO1 = 'PO1*1*2*EA*9.95**VP*LAMP-1';
const ORDER = [BEG, 'REF*DP*014', ...PLACE, PO1, 'N1*MA*B', 'CTT*1'];

const under = (overlay: Partial<SchemaOverlay>, segments: readonly string[] = ORDER, version?: string) =>
  issuesOf(
    theSet(setOf('850', segments, version), { schemas: STANDARD_SCHEMAS.withOverlay({ name: 'test', ...overlay }) }),
  );
const asking = (rules: SetOverlay, segments?: readonly string[]) => under({ sets: { '850': rules } }, segments);

describe('the rules of a partner, on top of the standard', () => {
  it('change nothing where they say nothing', () => {
    expect(under({})).toEqual([]);
  });

  it('make elements and segments mandatory', () => {
    expect(asking({ mandatory: ['BEG03'] })).toEqual([]);
    expect(asking({ mandatory: ['BEG06'] })).toEqual(['element-missing BEG06 #2']);
    expect(asking({ mandatory: ['/REF'] })).toEqual([]);
    expect(asking({ mandatory: ['/CUR'] })).toEqual(['segment-missing CUR #3']);
  });

  it('hold for one loop only, where that is said', () => {
    expect(asking({ mandatory: ['N104'] })).toEqual(['element-missing N104 #7']);
    expect(asking({ mandatory: ['PO1/N104'] })).toEqual(['element-missing N104 #7']);
    expect(asking({ mandatory: ['/N104'] })).toEqual([]);
    expect(asking({ mandatory: ['PO1/N1/N4'] })).toEqual(['segment-missing N4 #8']);
  });

  it('forbid segments', () => {
    expect(asking({ forbidden: ['SAC'] })).toEqual([]);
    expect(asking({ forbidden: ['REF'] })).toEqual(['segment-not-in-set REF #3']);
    expect(asking({ forbidden: ['/REF'] })).toEqual(['segment-unexpected REF #3']);
  });

  it('narrow codes, of codes and of free text', () => {
    expect(asking({ codes: { PO103: ['EA', 'CA'] } })).toEqual([]);
    expect(asking({ codes: { PO103: ['CA'] } })).toEqual(['element-code PO103 #6']);
    expect(asking({ codes: { PO107: ['LAMP-1', 'LAMP-2'] } })).toEqual([]);
    expect(asking({ codes: { PO107: ['LAMP-2'] } })).toEqual(['element-code PO107 #6']);
  });

  it('widen codes, of which there are more than the standard has', () => {
    const described = (kind: string) => [BEG, PO1, `PID*${kind}****Lamp`, 'CTT*1'];
    expect(asking({}, described('Q'))).toEqual(['element-code PID01 #4']);
    expect(asking({ moreCodes: { PID01: ['Q'] } }, described('Q'))).toEqual([]);
    expect(asking({ moreCodes: { PID01: ['Q'] } }, described('F'))).toEqual([]);
    expect(asking({ moreCodes: { PID01: ['Q'] } }, described('Y'))).toEqual(['element-code PID01 #4']);
    expect(asking({ moreCodes: { PO103: ['CA'] } })).toEqual([]); // of units there is no list: EA stays good
  });

  it('narrow and widen lengths', () => {
    expect(asking({ lengths: { BEG03: [7, 7] } })).toEqual([]);
    expect(asking({ lengths: { BEG03: [8, 10] } })).toEqual(['element-too-short BEG03 #2']);
    const long = [`BEG*00*SA*${'9'.repeat(30)}**20261102`, PO1];
    expect(asking({}, long)).toEqual(['element-too-long BEG03 #2']);
    expect(asking({ lengths: { BEG03: [1, 30] } }, long)).toEqual([]);
  });

  it('are meant, also where the standard would have a note do', () => {
    const rate = (lengths: SetOverlay['lengths']) =>
      theSet(setOf('850', [BEG, 'CUR*BY*USD*1.1', PO1]), {
        schemas: STANDARD_SCHEMAS.withOverlay({
          name: 'test',
          sets: { '850': lengths === undefined ? {} : { lengths } },
        }),
      }).errors;
    expect(rate(undefined)).toBe(0);
    expect(rate({ CUR03: [4, 10] })).toBe(1);
    expect(rate({ CUR03: [2, 10] })).toBe(0);
  });

  it('narrow both at once', () => {
    expect(asking({ codes: { PO103: ['EA', 'CASE'] }, lengths: { PO103: [2, 4] } })).toEqual([]);
    expect(asking({ codes: { PO103: ['EA', 'CASE'] }, lengths: { PO103: [3, 4] } })).toEqual([
      'element-too-short PO103 #6',
    ]);
  });

  it('limit how often a segment comes', () => {
    expect(asking({ uses: { '/REF': 1 } })).toEqual([]);
    expect(asking({ uses: { '/REF': 1 } }, [BEG, 'REF*DP*1', 'REF*IA*2', PO1])).toEqual(['segment-over-max REF #4']);
  });

  it('add segments, also of their own making', () => {
    const own = [BEG, PO1, 'ZP*12', 'CTT*1'];
    expect(under({}, own)).toEqual(['segment-unknown ZP #4']);
    const overlay: SchemaOverlay = {
      name: 'test',
      elements: '9001 N0 1/4',
      segments: 'ZP 9001!',
      sets: { '850': { added: [{ after: 'PO1/PO4', segments: 'ZP*2' }] } },
    };
    expect(under(overlay, own)).toEqual([]);
    expect(under(overlay, [BEG, PO1, 'ZP*x', 'CTT*1'])).toEqual(['element-character ZP01 #4']);
    expect(under(overlay, [BEG, PO1, 'ZP*1', 'ZP*2', 'ZP*3', 'CTT*1'])).toEqual(['segment-over-max ZP #6']);
  });

  it('hold for one industry, where that is said, and for every set under `*`', () => {
    const overlay = { industry: 'VICS', sets: { '*': { mandatory: ['/CUR'] } } };
    expect(under(overlay, ORDER, '004010VICS')).toEqual(['segment-missing CUR #3']);
    expect(under(overlay, ORDER, '004010')).toEqual([]);
  });

  it('come one on top of the other, and leave the standard as it is', () => {
    const book = STANDARD_SCHEMAS.withOverlay({ name: 'one', sets: { '850': { mandatory: ['/CUR'] } } });
    const both = book.withOverlay({ name: 'two', sets: { '850': { codes: { PO103: ['CA'] } } } });
    const issues = (schemas: typeof book) => issuesOf(theSet(setOf('850', ORDER), { schemas }));
    expect(issues(both)).toEqual(['element-code PO103 #6', 'segment-missing CUR #3']);
    expect(issues(book)).toEqual(['segment-missing CUR #3']);
    expect(issues(STANDARD_SCHEMAS)).toEqual([]);
  });

  it('are kept when a later one brings segments of its own', () => {
    const book = STANDARD_SCHEMAS.withOverlay({ name: 'one', sets: { '850': { mandatory: ['BEG06'] } } }).withOverlay({
      name: 'two',
      segments: 'ZP 127!',
      sets: { '850': { added: [{ after: 'PO1/PO4', segments: 'ZP' }] } },
    });
    const set = theSet(setOf('850', [BEG, PO1, 'ZP*1', 'CTT*1']), { schemas: book });
    expect(issuesOf(set)).toEqual(['element-missing BEG06 #2']);
  });

  it('are chosen by who sends, interchange by interchange', () => {
    const strict = STANDARD_SCHEMAS.withOverlay({ name: 'strict', sets: { '850': { mandatory: ['/CUR'] } } });
    const from = (sender: string) => setOf('850', ORDER).toString().replace('BUYER          ', sender.padEnd(15));
    const bytes = Buffer.from(from('BUYER') + from('STRICT') + from('BUYER'));
    const schemas = ({ senderId }: InterchangeHeader) => (senderId === 'STRICT' ? strict : STANDARD_SCHEMAS);
    expect(setsIn(readAll(bytes, { schemas })).map(issuesOf)).toEqual([[], ['segment-missing CUR #3'], []]);
  });

  it.each([
    [{ mandatory: ['beg03'] }, 'beg03 is not a place'],
    [{ mandatory: ['BEG00'] }, 'BEG00 is not a place'],
    [{ forbidden: ['REF02'] }, 'REF02 is an element'],
    [{ codes: { REF: ['X'] } }, 'REF is a segment'],
    [{ uses: { 'PO1/': 1 } }, 'PO1/ is not a place'],
  ])('are refused where they cannot be read: %j', (rules, message) => {
    expect(() => STANDARD_SCHEMAS.withOverlay({ name: 'test', sets: { '850': rules } })).toThrow(message);
  });

  it('of VICS hold where the group says VICS', () => {
    const bare = [BEG, 'PO1*1*2*EA*9.95'];
    expect(under(VICS_OVERLAY, ORDER, '004010VICS')).toEqual([]);
    expect(under(VICS_OVERLAY, bare, '004010VICS')).toEqual(['element-missing PO106 #3', 'element-missing PO107 #3']);
    expect(under(VICS_OVERLAY, bare, '004010')).toEqual([]);
  });
});
