import { describe, expect, it } from '@jest/globals';
import { readAll } from '../testing/fixtures.js';
import type { GroupValues, InterchangeValues } from './interchange-values.js';
import type { SegmentValues } from './segment-values.js';
import { writeInterchange } from './write-interchange.js';
import type { WriteOptions } from './write-options.js';

const anInterchange = (change: Partial<InterchangeValues> = {}, ...segments: SegmentValues[]): InterchangeValues => ({
  senderQualifier: 'ZZ',
  senderId: 'SELLER',
  receiverQualifier: '12',
  receiverId: '5550142',
  date: '261102',
  time: '0915',
  controlNumber: '41',
  usage: 'P',
  groups: [
    {
      functionalId: 'IN',
      senderCode: 'SELLER',
      receiverCode: '5550142',
      date: '20261102',
      time: '0915',
      controlNumber: '41',
      sets: [{ code: '810', controlNumber: '0001', segments }],
    },
  ],
  ...change,
});
const write = (value: string, options?: WriteOptions) =>
  writeInterchange(anInterchange({}, ['N1', 'ST', value]), options).toString('utf8');
const faultOf = (value: string, options?: WriteOptions): unknown => {
  try {
    return write(value, options);
  } catch (error) {
    return error;
  }
};

describe('writing an interchange', () => {
  it('pads ISA to its 106 characters and counts SE, GE and IEA', () => {
    const text = writeInterchange(anInterchange({}, ['BIG', '20261102', 'INV-1'], ['TDS', '100']), {
      suffix: '\n',
    }).toString();
    expect(text.split('\n')).toEqual([
      'ISA*00*          *00*          *ZZ*SELLER         *12*5550142        *261102*0915*U*00401*000000041*0*P*>~',
      'GS*IN*SELLER*5550142*20261102*0915*41*X*004010~',
      'ST*810*0001~',
      'BIG*20261102*INV-1~',
      'TDS*100~',
      'SE*4*0001~',
      'GE*1*41~',
      'IEA*1*000000041~',
      '',
    ]);
    expect(text.indexOf('\n')).toBe(106);
  });

  it('leaves out empty elements and components at the end', () => {
    const text = writeInterchange(
      anInterchange({}, ['REF', 'DP', undefined, '', ['A', undefined, 'B', ''], undefined]),
    ).toString();
    expect(text).toContain('~REF*DP***A>>B~');
  });

  it.each(['a*b', 'a~b', 'a>b'])('refuses %s, which would read as other data', (value) => {
    expect(faultOf(value)).toMatchObject({ code: 'DELIMITER_IN_DATA', place: 'N102' });
  });

  it('lets ^ pass before 00402 and refuses it from then on', () => {
    expect(write('a^b')).toContain('N1*ST*a^b~');
    const later = anInterchange({ version: '00501' }, ['N1', 'ST', 'a^b']);
    expect(() => writeInterchange(later)).toThrow(expect.objectContaining({ code: 'DELIMITER_IN_DATA' }));
  });

  it.each(['a\nb', 'a\0b', 'a\x7fb', 'a\x85b', 'a\ud800b'])('refuses the control character in %j', (value) => {
    expect(faultOf(value)).toMatchObject({ code: 'CHARACTER_NOT_ALLOWED', place: 'N102' });
  });

  it('cannot be made to write a segment that nobody asked for', () => {
    const attack = 'ACME~N1*RI*Mallory';
    expect(faultOf(attack)).toMatchObject({ code: 'DELIMITER_IN_DATA' });
    expect(write(attack, { forbidden: 'substitute' })).toContain('N1*ST*ACME N1 RI Mallory~');
  });

  it('never names the value in the error, only the place', () => {
    expect(String(faultOf('secret*'))).not.toContain('secret');
  });

  it('refuses what the encoding cannot hold', () => {
    expect(faultOf('Größe', { encoding: 'ascii' })).toMatchObject({ code: 'CHARACTER_NOT_ALLOWED' });
    expect(faultOf('中', { encoding: 'latin1' })).toMatchObject({ code: 'CHARACTER_NOT_ALLOWED' });
    expect(write('中')).toContain('N1*ST*中~');
  });

  it.each<[string, Partial<InterchangeValues>]>([
    ['ISA06', { senderId: '1234567890123456' }],
    ['ISA06', { senderId: ' ' }],
    ['ISA08', { receiverId: '' }],
    ['ISA05', { senderQualifier: 'Z' }],
    ['ISA13', { controlNumber: '1234567890' }],
    ['ISA13', { controlNumber: '12x' }],
    ['ISA09', { date: '20261102' }],
    ['ISA10', { time: '091500' }],
    ['ISA12', { version: '0401' }],
    ['ISA15', { usage: 'X' as 'P' }],
  ])('refuses a header whose %s does not fit', (place, change) => {
    expect(() => writeInterchange(anInterchange(change))).toThrow(
      expect.objectContaining({ code: 'BAD_ENVELOPE', place }),
    );
  });

  it('keeps the terminator at byte 106: an ISA takes no character of two bytes', () => {
    expect(() => writeInterchange(anInterchange({ senderId: 'GRÖSSE' }))).toThrow(
      expect.objectContaining({ code: 'CHARACTER_NOT_ALLOWED', place: 'ISA06' }),
    );
    const written = writeInterchange(anInterchange({ senderId: 'GRÖSSE' }), { forbidden: 'substitute' });
    expect(written.indexOf('~')).toBe(105);
  });

  it.each([
    ['GS01', { functionalId: 'INV' }],
    ['GS02', { senderCode: '' }],
    ['GS03', { receiverCode: '1234567890123456' }],
    ['GS04', { date: '2026-11-02' }],
    ['GS06', { controlNumber: '1234567890' }],
    ['GS08', { version: '' }],
  ])('refuses a group whose %s does not fit', (place, change) => {
    const [group] = anInterchange().groups;
    const groups = [{ ...group, ...change } as GroupValues];
    expect(() => writeInterchange(anInterchange({ groups }))).toThrow(
      expect.objectContaining({ code: 'BAD_ENVELOPE', place }),
    );
  });

  it('takes a sender of fifteen characters', () => {
    const bytes = writeInterchange(anInterchange({ senderId: '123456789012345' }));
    expect(readAll(bytes)[0]).toMatchObject({ interchange: { senderId: '123456789012345' } });
  });

  it.each([
    { element: '*', segment: '*', component: '>' },
    { element: 'A', segment: '~', component: '>' },
    { element: '*', segment: '~~', component: '>' },
    { element: '*', segment: '~' },
    { element: '*', segment: '\x85', component: '>' },
  ])('refuses the delimiters %j', (delimiters) => {
    expect(() => writeInterchange(anInterchange(), { delimiters })).toThrow(
      expect.objectContaining({ code: 'BAD_DELIMITERS' }),
    );
  });

  it('cuts with a byte of 0x85 where every character is one byte', () => {
    const delimiters = { element: '*', segment: '\x85', component: '>' };
    expect(writeInterchange(anInterchange(), { delimiters, encoding: 'latin1' })[105]).toBe(0x85);
  });

  it('refuses a replacement that would itself have to be replaced', () => {
    for (const replacement of ['*', '\n', '', '--'])
      expect(() => write('a*b', { forbidden: 'substitute', replacement })).toThrow(
        expect.objectContaining({ code: 'BAD_DELIMITERS' }),
      );
  });

  it('refuses a segment id that is none', () => {
    expect(() => writeInterchange(anInterchange({}, ['n1', 'ST']))).toThrow(
      expect.objectContaining({ code: 'BAD_SEGMENT_ID' }),
    );
  });
});
