import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readInterchanges } from '@railhead/x12';
import { run } from '../index.js';
import { an850, x12File } from '../testing/x12-files.js';

/** Runs one of the X12 commands; what is not a name of a file is handed in on standard input. */
async function x12(command: string, input: string, ...options: string[]) {
  const said = { out: '', aside: '' };
  const isFile = !input.includes('\n') && !input.includes('~');
  const exit = await run(['node', 'railhead', 'x12', command, isFile ? input : '-', ...options], {
    env: {},
    cwd: '/nowhere',
    signal: AbortSignal.timeout(20_000),
    input: Readable.from([Buffer.from(isFile ? '' : input)]),
    write: (text) => (said.out += text),
    writeAside: (text) => (said.aside += text),
  });
  return { exit, ...said };
}
const GOOD = an850('BEG*00*SA*4500017**20261102', 'REF*DP*014**PO>1', 'PO1*1*2*EA*3.75**VP*LAMP>1', 'CTT*1');
const BAD = an850('BEG*00*SA*4500017**20261302', 'PO1*1*2*EA', 'CTT*1');

describe('railhead x12 parse', () => {
  it('gives every set as one line of JSON, with composites cut where the schema has them', async () => {
    const { exit, out } = await x12('parse', GOOD + GOOD.replaceAll('000000012', '000000013'));
    expect([exit, out.trimEnd().split('\n').length]).toEqual([0, 2]);
    const set = JSON.parse(out.split('\n')[0] ?? '');
    expect(set).toMatchObject({
      interchange: { controlNumber: '000000012', sender: { qualifier: 'ZZ', id: 'BUYER' }, version: '00401' },
      group: { controlNumber: '12', functionalId: 'PO', version: '004010' },
      set: { code: '850', controlNumber: '0001', ordinal: 1 },
      errors: 0,
      issues: [],
    });
    expect(set.segments[2]).toEqual(['REF', 'DP', '014', '', ['PO', '1']]);
    expect(set.segments[3]).toEqual(['PO1', '1', '2', 'EA', '3.75', '', 'VP', 'LAMP>1']);
  });

  it('says what is wrong with a set in its line, and with the envelope aside', async () => {
    const { exit, out, aside } = await x12('parse', BAD.replace('GE*1', 'GE*2'));
    expect([exit, aside]).toEqual([1, expect.stringContaining('GE01 says 2 sets, there are 1')]);
    expect(JSON.parse(out).issues).toMatchObject([{ code: 'element-date', place: { segment: 'BEG', element: 5 } }]);
  });
});

describe('railhead x12 validate', () => {
  it('says that a good file is good', async () => {
    const { exit, out } = await x12('validate', GOOD);
    expect([exit, out]).toEqual([0, 'Good: 1 interchange, 1 group, 1 set; 0 errors, 0 notes.\n']);
  });

  it('names the place of what is wrong: segment, element, bytes, line and column, and the value', async () => {
    const { exit, out } = await x12('validate', BAD);
    const from = BAD.indexOf('20261302');
    expect(exit).toBe(1);
    expect(out).toContain(
      `error  BEG05  BEG05 is not a date (CCYYMMDD): "20261302"  (segment 2, bytes ${from}-${from + 8}, line 4 column 20; element-date, AK403 8)`,
    );
    expect(out).toContain('Not good: 1 interchange, 1 group, 1 set; 1 error, 0 notes.');
  });

  it.each([
    ['SE*5*0001', 'SE', 'SE01 says (empty) segments, there are 5', 'SE02 (empty) is not ST02 0001'],
    ['GE*1*12', 'GE', 'GE01 says (empty) sets, there are 1', 'GE02 (empty) is not GS06 12'],
    ['IEA*1*000000012', 'IEA', 'IEA01 says (empty) groups, there are 1', 'IEA02 (empty) is not ISA13 000000012'],
  ])('leaves no hole in what it says of %s without values', async (full, bare, ...said) => {
    const order = an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA', 'CTT*1');
    const { out } = await x12('validate', order.replace(`${full}~`, `${bare}~`));
    for (const text of said) expect(out).toContain(text);
  });

  it('takes a group behind the end of its interchange for a fault, not for an oddity', async () => {
    const { exit, out } = await x12('validate', GOOD + GOOD.slice(GOOD.indexOf('GS*')));
    expect([exit, out]).toEqual([1, expect.stringContaining('X12 without its envelope; an ISA must stand in front')]);
  });

  it('takes what is merely odd for good, and notes it', async () => {
    const { exit, out } = await x12('validate', x12File('good/850.byte-order-mark-unpadded-indented.edi'));
    expect([exit, out]).toEqual([
      0,
      expect.stringMatching(/note {3}.*byte order mark[^]*Good: .* 0 errors, \d notes\.\n$/),
    ]);
  });

  it('gives a machine one JSON object with every issue', async () => {
    const { exit, out } = await x12('validate', BAD.replace('GE*1', 'GE*2'), '--json');
    const line = BAD.split('\n').findIndex((text) => text.startsWith('GE')) + 1;
    expect([exit, JSON.parse(out)]).toEqual([
      1,
      {
        good: false,
        interchanges: 1,
        groups: 1,
        sets: 1,
        errors: 2,
        notes: 0,
        issues: [
          expect.objectContaining({
            code: 'element-date',
            ack: '8',
            set: '0001',
            setCode: '850',
            place: expect.objectContaining({ segment: 'BEG', ordinal: 2, element: 5, line: 4, column: 20 }),
            value: '20261302',
          }),
          expect.objectContaining({
            code: 'ge-count',
            ack: '5',
            group: '12',
            place: expect.objectContaining({ line }),
          }),
        ],
      },
    ]);
  });

  it.each(['validate', 'explain', 'ack'])('%s sends a terminal nothing that it would obey', async (command) => {
    const hostile = GOOD.replace('REF*DP', '\x1b[31mREF*DP')
      .replace('*ZZ*BUYER  ', '*ZZ*\x9b2JYER')
      .replace('IEA*1*0', 'IEA*1*\x1b]0;');
    const { out, aside } = await x12(command, hostile);
    expect(out.length + aside.length).toBeGreaterThan(0);
    expect(out + aside).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  it('gives a machine JSON also for a good file and for one that is none', async () => {
    const good = await x12('validate', GOOD, '--json');
    expect([good.exit, JSON.parse(good.out)]).toMatchObject([0, { good: true, issues: [] }]);
    const none = await x12('validate', 'no X12\n', '--json');
    expect([none.exit, JSON.parse(none.out)]).toMatchObject([2, { good: false, issues: [{ code: 'not-x12' }] }]);
  });
});

describe('railhead x12 ack', () => {
  const segmentsOf = (text: string) => text.split('~\n').slice(2, -3);

  it('accepts a good file with a 997, under the control number it was given', async () => {
    const { exit, out } = await x12('ack', GOOD, '--control', '7');
    expect(exit).toBe(0);
    expect(out.split('~\n')).toEqual([
      'ISA*00*          *00*          *ZZ*SELLER         *ZZ*BUYER          *261102*0915*U*00401*000000007*0*P*>',
      'GS*FA*SELLER*BUYER*20261102*0915*7*X*004010',
      'ST*997*0001',
      'AK1*PO*12',
      'AK2*850*0001',
      'AK5*A',
      'AK9*A*1*1*1',
      'SE*6*0001',
      'GE*1*7',
      'IEA*1*000000007',
      '',
    ]);
  });

  it('refuses a bad one, and says where', async () => {
    const { exit, out } = await x12('ack', BAD, '--control', '7');
    expect(exit).toBe(1);
    expect(segmentsOf(out)).toEqual([
      'ST*997*0001',
      'AK1*PO*12',
      'AK2*850*0001',
      'AK3*BEG*2**8',
      'AK4*5*373*8*20261302',
      'AK5*R*5',
      'AK9*R*1*1*0',
      'SE*8*0001',
    ]);
  });

  it('answers with a 999 where one is wanted', async () => {
    const { out } = await x12('ack', BAD, '--control', '7', '--as', '999');
    expect(out).toMatch(/GS\*FA\*.*\*005010X231.*~\nST\*999\*0001\*005010X231/);
    expect(segmentsOf(out)).toEqual(expect.arrayContaining(['IK3*BEG*2**8', 'IK4*5*373*8*20261302', 'IK5*R*5']));
  });

  it('answers every interchange, with control numbers that count up', async () => {
    const { out } = await x12('ack', GOOD + GOOD, '--control', '999999999');
    expect(out.match(/ISA.*/g)).toEqual([
      expect.stringContaining('*999999999*'),
      expect.stringContaining('*000000001*'),
    ]);
    expect(out).toContain('TA1*000000012*261102*0915*R*025~');
    expect(out.match(/AK9\*A/g)).toHaveLength(1); // of a repeated interchange nothing is taken
  });

  it('says aside what stands outside any interchange: no acknowledgement tells of it', async () => {
    const { exit, out, aside } = await x12('ack', GOOD + GOOD.slice(GOOD.indexOf('GS*')), '--control', '7');
    expect([exit, out.match(/AK9/g), aside]).toEqual([1, ['AK9'], expect.stringContaining('X12 without its envelope')]);
    expect((await x12('ack', `${GOOD}--boundary--\n`, '--control', '7')).aside).toBe('');
  });

  it('never uses a control number for two groups', async () => {
    const two = (number: number) => {
      const group = GOOD.slice(GOOD.indexOf('GS*'), GOOD.indexOf('IEA*'));
      const other = group
        .replace('*SELLER*', '*OTHER*')
        .replace('*0915*12*', '*0915*13*')
        .replace('GE*1*12', 'GE*1*13');
      return GOOD.replace(group, group + other)
        .replace('IEA*1', 'IEA*2')
        .replaceAll('000000012', `00000001${number}`);
    };
    const { exit, out } = await x12('ack', two(1) + two(2), '--control', '7');
    expect([exit, out.match(/(?<=GE\*1\*)\d+/g), out.match(/(?<=IEA\*2\*)\d+/g)]).toEqual([
      0,
      ['7', '8', '9', '10'],
      ['000000007', '000000008'],
    ]);
  });

  it.each([
    ['20261102*0915', '261102*0915', '20261102*0915'],
    ['999999*9999', '000101*0000', '20000101*0000'],
    ['261102*091533', '261102*0915', '20261102*0915'],
  ])('of an interchange of %s is dated like it, or like none', async (moment, isa, gs) => {
    const { out } = await x12('ack', GOOD.replace('261102*0915', moment), '--control', '7');
    expect([out.split('\n')[0], out]).toEqual([
      expect.stringContaining(`*${isa}*U*`),
      expect.stringContaining(`*${gs}*7*X*`),
    ]);
  });

  it('says of an empty interchange that it is empty', async () => {
    const empty = GOOD.slice(0, GOOD.indexOf('GS*')) + 'IEA*0*000000012~\n';
    const { exit, out, aside } = await x12('ack', empty, '--control', '7');
    expect([exit, out, aside]).toEqual([0, '', expect.stringContaining('asks for no answer: there is nothing in it')]);
  });

  it('has a TA1 where one is asked for', async () => {
    const { out } = await x12('ack', GOOD.replace('*0*P*>', '*1*P*>'), '--control', '7');
    expect(out.split('~\n')[1]).toBe('TA1*000000012*261102*0915*A*000');
  });

  it('gives the same answer to the same input, and takes the moment that it is told', async () => {
    const twice = [await x12('ack', BAD, '--control', '7'), await x12('ack', BAD, '--control', '7')];
    expect(twice[0]).toEqual(twice[1]);
    const { out } = await x12('ack', GOOD, '--at', '2026-11-22T05:07Z');
    expect(out).toMatch(/\*261122\*0507\*U\*00401\*\d{9}\*[^]*\*20261122\*0507\*/);
  });

  it('does not acknowledge acknowledgements, and says so aside', async () => {
    const { exit, out, aside } = await x12('ack', x12File('good/ta1-and-997.edi'), '--control', '7');
    expect([exit, out, aside]).toEqual([0, '', expect.stringContaining('asks for no answer')]);
  });

  it.each([
    ['--control', '0'],
    ['--control', '12345678901'],
    ['--as', '998'],
    ['--at', 'yesterday'],
    ['--at', '2026-02-30T05:00Z'],
    ['--at', '1'],
  ])('refuses %s %s', async (option, value) => {
    expect(await x12('ack', GOOD, option, value)).toMatchObject({ exit: 2, out: '' });
  });

  it.each(readdirSync(x12File('malformed')))(
    'answers %s so that the answer can be read without an issue',
    async (name) => {
      for (const as of ['997', '999']) {
        const { exit, out } = await x12('ack', x12File(`malformed/${name}`), '--control', '7', '--as', as);
        const units = [...readInterchanges(Buffer.from(out))];
        expect(exit === 2).toBe(out === '');
        expect(units.flatMap((unit) => ('issues' in unit && out !== '' ? unit.issues : []))).toEqual([]);
      }
    },
  );
});

describe('railhead x12 explain', () => {
  it('says what a segment is about beside its name, and gives amounts and days the names of their places', async () => {
    const notice = await x12('explain', x12File('good/856.clean.edi'));
    expect(notice.out).toMatch(/\n +HL {2}level of the shipment: order\n/);
    const order = an850('BEG*00*SA*1**20261102', 'DTM*002*20261110*0930', 'PO1*1*2*EA');
    const times = await x12('explain', order);
    expect(times.out).toMatch(/\n +DTM {2}date or time: delivery wanted\n[^]*03 {3}time +0930 {2}= 09:30\n/);
    const invoice = await x12('explain', x12File('good/810.clean.edi'));
    expect(invoice.out).toMatch(/\n +TDS {2}[^\n]*\n +01 {3}total +\d+ {2}= \d+\.\d\d\n/);
    const answer = await x12('explain', x12File('good/ta1-and-997.edi'));
    expect(answer.out).toMatch(/\n +04 {3}verdict +A {2}= accepted\n +05 {3}note +000 {2}= no error\n/);
  });

  it('names segments, elements and codes, loops set in', async () => {
    const { exit, out } = await x12('explain', GOOD);
    expect(exit).toBe(0);
    expect(out).toMatch(/^ISA {2}interchange\n/);
    expect(out).toMatch(/\n {6}BEG {2}purchase order\n {8}01 {3}purpose +00 {2}= original\n/);
    expect(out).toMatch(/\n {8}05 {3}date +20261102 {2}= 2026-11-02\n/);
    expect(out).toMatch(/\n {8}04-1 reference kind +PO {2}= purchase order\n/);
    expect(out).toMatch(/\n {8}PO1 {2}ordered line\n/);
  });

  it('shows what is wrong below the segment it is in', async () => {
    const { exit, out } = await x12('explain', BAD);
    expect(exit).toBe(1);
    expect(out).toMatch(/05 {3}date +20261302[^\n]*\n {6}! error {2}BEG05/);
  });

  it('sends nothing to a terminal that a terminal would obey', async () => {
    const { out } = await x12('explain', an850('BEG*00*SA*4500\x1b[2J17**20261102'));
    expect([out.includes('\x1b'), out.includes('4500\\x1b[2J17')]).toEqual([false, true]);
  });

  it('shows an amount of implied decimals as people write it', async () => {
    const { out } = await x12('explain', x12File('good/810.clean.edi'));
    expect(out).toMatch(/01 {3}total +(\d+)(\d\d) {2}= \1\.\2\n/);
  });
});

describe('railhead x12 with the rules of a partner', () => {
  const HIS_OWN = join(import.meta.dirname, '../../../../samples/company/edi-overlay.json');
  const folder = mkdtempSync(join(tmpdir(), 'railhead-overlay-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const overlay = (rules: unknown): string => {
    const file = join(folder, `${randomUUID()}.json`);
    writeFileSync(file, typeof rules === 'string' ? rules : JSON.stringify(rules));
    return file;
  };

  it('finds what only this partner must not do, and says so in the acknowledgement and the tree', async () => {
    const strict = overlay({ sets: { '850': { codes: { PO103: ['CA'] } } } });
    const validated = await x12('validate', GOOD, '--overlay', strict);
    expect([validated.exit, validated.out]).toEqual([1, expect.stringContaining('element-code, AK403 7')]);
    const { out } = await x12('ack', GOOD, '--control', '7', '--overlay', strict);
    expect(out).toMatch(/AK3\*PO1\*4\*[^*]*\*8~\nAK4\*3\*355\*7\*EA~\n/);
    expect((await x12('explain', GOOD, '--overlay', strict)).out).toContain('! error  PO103');
    expect((await x12('validate', GOOD)).exit).toBe(0);
  });

  it('reads by them into JSON, too', async () => {
    const strict = overlay({ sets: { '850': { codes: { PO103: ['CA'] } } } });
    const parsed = await x12('parse', GOOD, '--overlay', strict);
    expect([parsed.exit, JSON.parse(parsed.out).issues]).toEqual([
      1,
      [expect.objectContaining({ code: 'element-code' })],
    ]);
  });

  it('takes what a profile has under "schemas", and the sample is such a file', async () => {
    const samples = join(HIS_OWN, '../..');
    expect((await x12('validate', join(samples, '850.clean.edi'), '--overlay', HIS_OWN)).exit).toBe(0);
    expect((await x12('validate', GOOD, '--overlay', overlay(['vics']))).exit).toBe(0); // its group does not say VICS
    const vics = GOOD.replace('X*004010', 'X*004010VICS').replace('VP*LAMP>1', '');
    expect((await x12('validate', vics, '--overlay', overlay(['vics']))).exit).toBe(1);
  });

  it('says what is wrong with the rules, each at its place, and what to do', async () => {
    const wrong = { mandatory: ['/N1', 'BIG03'], forbidden: ['N1'] };
    const { exit, aside } = await x12('validate', GOOD, '--overlay', overlay([{ sets: { '850': wrong } }]));
    expect(exit).toBe(2);
    expect(aside).toContain('/0/sets/850/mandatory/0: /N1 is forbidden as well');
    expect(aside).toContain('/0/sets/850/mandatory/1: BIG03 stands in no 850 that we know');
    expect(aside).toContain('samples/company/edi-overlay.json');
    const alone = await x12('validate', GOOD, '--overlay', overlay({ sets: { '850': wrong } }));
    expect(alone.aside).toContain('  /sets/850/mandatory/0: ');
    const torn = await x12('validate', GOOD, '--overlay', overlay('{ "sets": '));
    expect([torn.exit, torn.aside]).toEqual([2, expect.stringContaining('is no JSON')]);
    const none = await x12('validate', GOOD, '--overlay', '/nowhere/at/all.json');
    expect([none.exit, none.aside]).toEqual([2, expect.stringContaining('there is no such file')]);
  });
});

describe('every x12 command', () => {
  it.each(['parse', 'validate', 'ack', 'explain'])('%s ends with 2 where there is nothing to read', async (command) => {
    const none = await x12(command, 'Dear Sirs,\nplease send ten lamps.\n');
    expect([none.exit, none.aside]).toEqual([2, expect.stringContaining('no interchange')]);
    const missing = await x12(command, '/nowhere/at/all.edi');
    expect([missing.exit, missing.aside]).toEqual([2, expect.stringContaining('there is no such file')]);
    const folder = await x12(command, x12File('good'));
    expect([folder.exit, folder.aside]).toEqual([2, expect.stringContaining('it is a folder')]);
  });

  it.each(['parse', 'ack', 'explain'])('%s says what the file looks like instead', async (command) => {
    const { exit, aside } = await x12(command, 'UNB+UNOA:1+A+B~\n');
    expect([exit, aside]).toEqual([2, expect.stringContaining('this looks like EDIFACT, not X12')]);
  });

  it.each(['parse', 'validate', 'ack', 'explain'])(
    '%s reads every fixture of the library to its end',
    async (command) => {
      for (const name of readdirSync(x12File('good'))) {
        const { exit } = await x12(command, x12File(`good/${name}`));
        expect([name, exit < 2]).toEqual([name, true]);
      }
    },
  );
});
