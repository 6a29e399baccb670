import { describe, expect, it } from '@jest/globals';
import { element } from './segments/segment.js';
import { acknowledgmentsOf, an850, answerTo, readAll, setsIn, theSet } from './testing/fixtures.js';
import type { Delimiters } from './segments/delimiters.js';

const BEG = 'BEG*00*SA*PO-7**20261102';
const PO1 = 'PO1*1*2*EA*9.95**VP*LAMP-1';
const PID = 'PID*F****Desk lamp';
const CTT = 'CTT*1';
const good = () => an850(BEG, PO1, PID, CTT).toString('latin1');
const GOOD = ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'];
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const changed = (from: string, to: string) => latin1(good().replace(from, to));
const answer = (from: string, to: string) => answerTo(changed(from, to));
const notesOf = (bytes: Uint8Array) =>
  readAll(bytes).flatMap((unit) => (unit.kind === 'interchange-end' ? unit.issues.map(({ code }) => code) : []));

/** The good order with other delimiters, `suffix` behind every terminator. */
function cutWith({ element: separator, segment, component = '>' }: Delimiters, suffix = ''): Buffer {
  const text = good().replaceAll('*', '\u0001').replaceAll('~', '\u0002').replace('>', '\u0003');
  return latin1(
    text
      .replaceAll('\u0001', separator)
      .replaceAll('\u0002', segment + suffix)
      .replace('\u0003', component),
  );
}

describe('delimiters of any kind', () => {
  const separators = ['*', '|', '~', '\t', '\x07', '\x1d', '^', '+'];
  const terminators = ['~', '\n', '\r', '\r\n', '|', '`', '$', '!', ' ', '\x85', '\x1c', '\x1d', '\x1e', '\x1f', "'"];
  const pairs = separators.flatMap((one) => terminators.filter((other) => other !== one).map((other) => [one, other]));
  it.each(pairs)('%j between elements and %j behind segments', (separator, terminator) => {
    const component = [':', '>'].find((candidate) => candidate !== separator) as string;
    const text = good().replace('Desk lamp', 'Lamp');
    const bytes = cutWith({ element: separator as string, segment: terminator as string, component });
    expect(text).toContain('Lamp');
    // A space in the data cannot be told from a terminator that is a space.
    const order = terminator === ' ' ? latin1(bytes.toString('latin1').replace('Desk lamp', 'Lamp')) : bytes;
    expect(answerTo(order)).toEqual(GOOD);
    expect(element(theSet(order).segments[1], 3)).toBe('PO-7');
  });

  it.each(['<', '@', ':', '^', '>', '\\', '/', '\x1f', '%'])('%j between components', (component) => {
    const bytes = cutWith({ element: '*', segment: '~', component });
    expect(answerTo(bytes)).toEqual(GOOD);
    expect(theSet(bytes).interchange.delimiters.component).toBe(component);
  });

  it.each(['\n', '\r\n', '\r', ' \r\n'])('%j behind every terminator', (suffix) => {
    expect(answerTo(cutWith({ element: '*', segment: '~' }, suffix))).toEqual(GOOD);
  });

  it.each(['U', ':', '|', '^', '+'])('ISA11 %s', (standard) => {
    expect(answer('*U*00401', `*${standard}*00401`)).toEqual(GOOD);
    expect(answer('*U*00401', `*${standard}*00501`)).toEqual(GOOD);
  });
});

describe('envelopes that do not fit together', () => {
  it.each([
    ['SE01', 'SE*6*0001', 'SE*7*0001', ['TA1 A 000', 'AK5*R*4', 'AK9*R*1*1*0']],
    ['SE02', 'SE*6*0001', 'SE*6*0002', ['TA1 A 000', 'AK5*R*3', 'AK9*R*1*1*0']],
    ['GE01', 'GE*1*1', 'GE*2*1', ['TA1 A 000', 'AK5*A', 'AK9*E*2*1*1*5']],
    ['GE02', 'GE*1*1', 'GE*1*2', ['TA1 A 000', 'AK5*A', 'AK9*E*1*1*1*4']],
    ['IEA01', 'IEA*1*', 'IEA*2*', ['TA1 E 021', 'AK5*A', 'AK9*A*1*1*1']],
    ['IEA02', 'IEA*1*000000001', 'IEA*1*000000002', ['TA1 R 001', 'AK5*A', 'AK9*A*1*1*1']],
    ['no SE', 'SE*6*0001~', '', ['TA1 A 000', 'AK5*R*2', 'AK9*R*1*1*0']],
    ['no GE', 'GE*1*1~', '', ['TA1 A 000', 'AK5*A', 'AK9*R*1*1*0*3']],
    ['no IEA', 'IEA*1*000000001~', '', ['TA1 R 023', 'AK5*A', 'AK9*A*1*1*1']],
    ['no ST', 'ST*850*0001~', '', ['TA1 A 000', 'AK9*R*1*0*0*5']],
    ['no GS', 'GS*PO*BUYER*SELLER*20261102*0915*1*X*004010~', '', ['TA1 R 024']],
    ['no ST02', 'ST*850*0001~', 'ST*850~', ['TA1 A 000', 'AK5*R*7*3', 'AK9*R*1*1*0']],
    ['a GS06 that is no number', '*0915*1*X', '*0915*A1*X', ['TA1 A 000', 'AK5*A', 'AK9*R*1*1*0*6*4']],
    ['IEA02 without zeros', 'IEA*1*000000001', 'IEA*1*1', GOOD],
    ['a version of seven characters', '*X*004010', '*X*004010VICS', GOOD],
  ])('%s', (_, from, to, said) => {
    expect(answer(from, to)).toEqual(said);
  });

  it('go on with the other sets when one has no SE', () => {
    const second = ['ST*850*0002', BEG, PO1, 'SE*4*0002'].join('~');
    const bytes = changed('SE*6*0001~GE*1*1', `${second}~GE*2*1`);
    expect(answerTo(bytes)).toEqual(['TA1 A 000', 'AK5*R*2', 'AK5*A', 'AK9*P*2*2*1']);
  });

  it('say which ST02 came twice in the group', () => {
    const second = ['ST*850*0001', BEG, PO1, 'SE*4*0001'].join('~');
    const bytes = changed('GE*1*1', `${second}~GE*2*1`);
    expect(answerTo(bytes)).toEqual(['TA1 A 000', 'AK5*A', 'AK5*R*23', 'AK9*P*2*2*1']);
  });

  it('say that a GS06 came twice in the interchange', () => {
    const group = good().slice(good().indexOf('GS*'), good().indexOf('IEA'));
    expect(answer('IEA*1*', `${group}IEA*2*`).slice(-1)).toEqual(['AK9*R*1*1*0*6']);
  });
});

describe('an ISA', () => {
  it.each([
    ['*00*          *00*', '*09*          *00*', 'TA1 E 010'],
    ['*00*          *00*', '*08*          *00*', 'TA1 E 011'],
    ['*00*          *00*', '*08*AGREED    *00*', 'TA1 A 000'],
    ['*00*          *00*', '*00*          *02*', 'TA1 E 012'],
    ['*00*          *ZZ*', '*01*          *ZZ*', 'TA1 E 013'],
    ['*00*          *ZZ*', '*01*SECRET    *ZZ*', 'TA1 A 000'],
    ['*ZZ*BUYER', '*z *BUYER', 'TA1 E 005'],
    ['*BUYER          *', '*               *', 'TA1 E 006'],
    ['*ZZ*SELLER', '*  *SELLER', 'TA1 E 007'],
    ['*SELLER         *', '*               *', 'TA1 E 008'],
    ['*261102*', '*261131*', 'TA1 E 014'],
    ['*0915*U', '*0960*U', 'TA1 E 015'],
    ['*U*00401*', '*U*0040A*', 'TA1 E 017'],
    ['*U*00401*', '*U*99999*', 'TA1 E 017'],
    ['*U*00401*', '*U*00801*', 'TA1 A 000'],
    ['*000000001*0*P', '*0000000X1*0*P', 'TA1 R 001'],
    ['*000000001*0*P', '*000000001*2*P', 'TA1 E 019'],
    ['*000000001*0*P', '*000000001*0*Q', 'TA1 E 020'],
    ['*0*P*>~', '*0*P*A~', 'TA1 E 027'],
    ['*0*P*>~', '*0*P**~', 'TA1 E 027'],
    ['*0*P*>~', '*0*P*>x', 'TA1 R 004'],
  ])('with %j turned into %j is answered %s', (from, to, said) => {
    expect(answer(from, to)[0]).toBe(said);
  });

  it.each([
    ['one character short', '*BUYER          *', '*BUYER         *'],
    ['over-padded', '*BUYER          *', '*BUYER                 *'],
    ['not padded at all', /ISA.*?~/.exec(good())?.[0] ?? '', (/ISA.*?~/.exec(good())?.[0] ?? '').replace(/ +/g, '')],
  ])('%s is read, with a note', (_, from, to) => {
    expect(answer(from, to)).toEqual(GOOD);
    expect(notesOf(changed(from, to))).toEqual(['isa-length']);
  });

  it.each([
    ['isa-length', '*BUYER          *', '*BUYER         *', 'TA1 R 022'],
    ['isa-standard', '*U*00401', '*A*00401', 'TA1 R 016'],
    ['isa-component-separator', '*P*>~', '*P*A~', 'TA1 R 027'],
  ] as const)('with %s is refused for a partner who wants it so', (code, from, to, said) => {
    expect(answerTo(changed(from, to), { severities: { [code]: 'reject-interchange' } })[0]).toBe(said);
  });

  it('that keeps to the columns is one, whatever stands in them', () => {
    const odd = good().replace('*261102*0915*U*00401*000000001*0*P*', '*NO DAY*TIME*U*NONE!*XXXXXXXXX*0*P*');
    expect(answerTo(latin1(odd))[0]).toBe('TA1 R 001');
    expect(answerTo(latin1(odd.replace('NO DAY', 'NO DAYS')))).toEqual([]);
  });

  it('of which there is nothing but the beginning is told only where it names its sender', () => {
    expect(answerTo(latin1(good().slice(0, 104)))).toEqual(['TA1 R 022']);
    expect(answerTo(latin1(good().slice(0, 60)))).toEqual([]);
    expect(readAll(Buffer.from('\r\n  '))).toMatchObject([{ kind: 'skipped', issue: { code: 'not-x12' } }]);
  });

  it('followed by garbage gives a bounded list of issues and a refusal', () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256));
    const units = readAll(Buffer.concat([latin1(good().slice(0, 106)), noise]));
    for (const unit of units) if ('issues' in unit) expect(unit.issues.length).toBeLessThanOrEqual(101);
    expect(answerTo(Buffer.concat([latin1(good().slice(0, 106)), noise]))[0]).toMatch(/^TA1 R/);
  });
});

describe('odd but good', () => {
  const wrapped = (text: string) => text.replace(/.{80}/g, '$&\r\n');
  it.each([
    ['a byte order mark in front', `\xef\xbb\xbf${good()}`, ['byte-order-mark']],
    ['line breaks in front', `\r\n\r\n${good()}`, ['leading-space']],
    ['a mark and then spaces', `\xef\xbb\xbf  ${good()}`, ['byte-order-mark', 'leading-space']],
    ['wrapped at 80 columns', wrapped(good()), ['lines-wrapped']],
    ['empty segments', good().replaceAll('~PO1', '~~PO1').replace('~CTT', '~~~CTT'), ['empty-segment']],
    ['no last terminator', good().slice(0, -1), ['final-terminator-missing']],
    ['no-break spaces in the ISA', good().replace('BUYER          ', 'BUYER\xc2\xa0        '), ['isa-no-break-space']],
    ['segments indented', good().replaceAll('~', '~\r\n    '), []],
    ['NUL and Ctrl-Z behind the end', `${good()}\0\0\x1a`, []],
  ])('%s', (_, text, notes) => {
    expect(answerTo(latin1(text))).toEqual(GOOD);
    expect(notesOf(latin1(text)).filter((code) => code !== 'isa-length')).toEqual(notes);
  });

  it.each([107, 128, 132, 160])('lines of %i characters, longer than the ISA', (width) => {
    const names = ['N1*ST*Bright Home of Portland', 'N3*1500 Mill Road*Gate 7', 'N4*Portland*OR*97201*US'];
    const text = an850(BEG, ...names, PO1, PID, CTT).toString();
    const lines = text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
    expect(answerTo(latin1(lines))).toEqual(GOOD);
    expect(notesOf(latin1(lines))).toEqual(['lines-wrapped']);
  });

  it.each([172, 200, 255, 256, 350])('lines of %i characters, of which two must be seen', (width) => {
    const texts = Array.from({ length: 40 }, (_, n) => `PID*F****Lamp of brass, number ${n}`);
    const lines = an850(BEG, PO1, ...texts, CTT)
      .toString()
      .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
    expect(answerTo(latin1(lines))).toEqual(GOOD);
    expect(notesOf(latin1(lines))).toEqual(['lines-wrapped']);
  });

  it('two line breaks in values are no lines of one length', () => {
    const bytes = an850(BEG, PO1, 'PID*F****Desk\r\nlamp', 'PID*F****Desk lamp,\r\nbrass', CTT);
    expect(notesOf(bytes)).toEqual([]);
    expect(answerTo(bytes)).toContain('AK4*5*352*6*');
  });

  it('empty elements and trailing separators are left out, with a note', () => {
    const bytes = an850(`${BEG}***`, `${PO1}****`, `${PID}**`, CTT);
    expect(answerTo(bytes)).toEqual(GOOD);
    expect(theSet(bytes).issues.map(({ code, severity }) => [code, severity])).toEqual([
      ['trailing-separators', 'note'],
    ]);
  });

  it('a TA1 between ISA and GS', () => {
    const bytes = changed('~GS', '~TA1*000000099*261101*1200*R*023~GS');
    expect(answerTo(bytes)).toEqual(GOOD);
    expect(readAll(bytes).find(({ kind }) => kind === 'ta1')).toMatchObject({ code: 'R', note: '023' });
  });

  it('two interchanges are two answers, and the second of the same number is a repeat', () => {
    const other = good().replaceAll('000000001', '000000002');
    expect(answerTo(latin1(good() + other))).toEqual([...GOOD, ...GOOD]);
    expect(answerTo(latin1(good() + good()))[3]).toBe('TA1 R 025');
  });

  it('an interchange that ends early does not spoil the next, whatever its delimiters', () => {
    const next = cutWith({ element: '|', segment: '!', component: ':' })
      .toString('latin1')
      .replaceAll('000000001', '2');
    const cut = good().slice(0, good().indexOf('PO-7'));
    const said = answerTo(latin1(`${cut}\n${next}`));
    expect(said[0]).toBe('TA1 R 023');
    expect(said.filter((line) => !/^AK[34]/.test(line)).slice(1, 3)).toEqual(['AK5*R*2*5', 'AK9*R*1*1*0*3']);
    expect(said.slice(-3)).toEqual(GOOD);
  });

  it('sets of different kinds in one group', () => {
    const invoice = ['ST*810*0002', 'BIG*20261102*INV-1', 'IT1*1*2*EA*9.95', 'TDS*1990', 'SE*5*0002'].join('~');
    const units = readAll(changed('GE*1*1', `${invoice}~GE*2*1`));
    expect(setsIn(units).map(({ code, errors }) => [code, errors])).toEqual([
      ['850', 0],
      ['810', 0],
    ]);
  });

  it.each([
    ['empty', 'PO1**2*EA*9.95**VP*LAMP-1'],
    ['a word', 'PO1*item-1*2*EA*9.95**VP*LAMP-1'],
    ['padded with zeros', 'PO1*00010*2*EA*9.95**VP*LAMP-1'],
    ['with holes between the ids', 'PO1*1*2*EA*9.95****VP*LAMP-1***UP*012345678905'],
  ])('a PO1 whose ids are %s', (_, line) => {
    expect(answerTo(an850(BEG, line, line, 'CTT*2'))).toEqual(GOOD);
  });

  it('a TD5 inside the N1 loop, a CUR behind its place, a MSG of 256 characters', () => {
    const bytes = an850(BEG, 'N1*ST*Shop', 'TD5*O*2*UPSN', 'CUR*BY*USD', PO1, 'N9*ZZ*1', `MSG*${'x'.repeat(256)}`, CTT);
    expect(answerTo(bytes)).toEqual(GOOD);
  });
});

describe('content that is told', () => {
  it.each([
    ['an unknown segment', [BEG, 'QQQ*1', PO1], ['AK3*QQQ*3**1', 'AK5*R*5']],
    ['a segment of other sets', [BEG, 'BIG*20261102*1', PO1], ['AK3*BIG*3**6', 'AK5*R*5']],
    ['a bad date', ['BEG*00*SA*1**20260230', PO1], ['AK3*BEG*2**8', 'AK4*5*373*8*20260230', 'AK5*R*5']],
    ['no BEG', [PO1], ['AK3*BEG*2**3', 'AK5*R*5']],
    ['a line break in a value', [BEG, PO1, 'PID*F****La\r\nmp'], ['AK3*PID*4**8', 'AK4*5*352*6*', 'AK5*R*5']],
    ['spaces where a value must be', ['BEG*00*SA*   **20261102', PO1], ['AK3*BEG*2**8', 'AK4*3*324*1*', 'AK5*R*5']],
    ['a NUL in a value', [BEG, PO1, 'PID*F****La\0mp'], ['AK3*PID*4**8', 'AK4*5*352*6*', 'AK5*R*5']],
    ['a lower-case id', [BEG, PO1, 'pid*F****Lamp'], ['AK3*PID*4**1', 'AK5*R*5']],
  ])('%s', (_, segments, said) => {
    expect(answerTo(an850(...segments)).slice(1, -1)).toEqual(said);
  });

  it('a day with its century is told back without it', () => {
    const [told] = acknowledgmentsOf(changed('*261102*0915*U', '*20261102*0915*U'));
    expect(told?.ta1.slice(0, 4)).toEqual(['TA1', '000000001', '261102', '0915']);
  });

  it('spaces where a value may be are none of our business', () => {
    expect(answerTo(an850('BEG*00*SA*1*  *20261102', PO1, 'N1*ST*  *92*0012'))).toEqual(GOOD);
  });

  it('a set that nobody here knows', () => {
    expect(answer('ST*850*', 'ST*859*').slice(1)).toEqual(['AK5*R*1', 'AK9*R*1*1*0']);
  });

  it('lower case as a whole is no interchange', () => {
    expect(readAll(latin1(good().toLowerCase()))).toMatchObject([{ kind: 'skipped', issue: { code: 'lower-case' } }]);
  });

  it('junk between interchanges is skipped, with a note and its place', () => {
    const other = good().replaceAll('000000001', '000000002');
    const units = readAll(latin1(`${good()}--boundary 7--\r\n${other}`));
    expect(units.filter(({ kind }) => kind === 'skipped')).toMatchObject([
      { range: { from: good().length, to: good().length + 16 }, issue: { code: 'bytes-skipped', severity: 'note' } },
    ]);
    expect(setsIn(units)).toHaveLength(2);
  });
});
