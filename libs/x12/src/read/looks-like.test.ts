import { describe, expect, it } from '@jest/globals';
import { an850, readAll } from '../testing/fixtures.js';
import { InterchangeReader } from './interchange-reader.js';

const good = an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA').toString('latin1');
const wide = Buffer.from(good, 'utf16le');
const mark = Buffer.from([0xff, 0xfe]);
const told = (bytes: Uint8Array | string) =>
  readAll(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes).map((unit) =>
    unit.kind === 'skipped' ? [unit.issue.code, unit.issue.message] : [unit.kind],
  );

describe('a file that holds no interchange', () => {
  it.each([
    ['UTF-16 text', wide],
    ['UTF-16 text', Buffer.concat([mark, wide])],
    ['UTF-16 text', Buffer.concat([mark, wide]).swap16()],
    ['EBCDIC', '\xc9\xe2\xc1\x5c\xf0\xf0\x5c\x40\x40'],
    ['a packed file', '\x1f\x8b\x08\x00'],
    ['a packed file', 'PK\x03\x04'],
    ['something encrypted or signed', '-----BEGIN PGP MESSAGE-----'],
    ['something encrypted or signed', '\x30\x80\x06\x09'],
    ['EDIFACT', "UNA:+.? 'UNB+UNOA:1+A+B'"],
    ['a PDF', '%PDF-1.7'],
    ['XML', '\xef\xbb\xbf<?xml version="1.0"?>'],
    ['JSON', '\n{"order":1}'],
    ['X12 without its envelope', good.slice(good.indexOf('GS*'))],
  ])('that looks like %s says so', (what, bytes) => {
    expect(told(bytes)).toEqual([['not-x12', expect.stringContaining(`: this looks like ${what}`)]]);
  });

  it('is not guessed at where nothing tells, and not where an interchange follows', () => {
    expect(told('Dear Sirs')).toEqual([['not-x12', 'no interchange was found']]);
    expect(told(`<p>order</p>\n${good}`)[0]).toEqual(['bytes-skipped', 'bytes between interchanges']);
  });
});

describe('a group that stands in no interchange', () => {
  const group = good.slice(good.indexOf('GS*'));
  const orphaned = ['not-x12', 'not part of an interchange: X12 without its envelope; an ISA must stand in front'];

  it.each([
    ['behind an IEA that came too early', good + group],
    ['behind an ISA that nobody can read', good + good.replace('ISA*00*', 'lSA*00*')],
    ['in front of a good interchange', `From: orders@example.test\r\n\r\n${group}${good}`],
    ['behind much else', `${good}${'- '.repeat(5000)}\n${group}`],
    ['cut by other delimiters', good + group.replaceAll('*', '|').replaceAll('~', '\n')],
    ['as nothing but a set', good + group.slice(group.indexOf('ST*'))],
  ])('%s is told', (_, text) => {
    expect(told(text)).toContainEqual(orphaned);
  });

  it('is told however the bytes arrive', () => {
    const reader = new InterchangeReader();
    const bytes = Buffer.from(`${good}${'-'.repeat(4090)}\n${group}`);
    const units = [...bytes].flatMap((byte) => [...reader.push(Uint8Array.of(byte))]);
    const skipped = [...units, ...reader.end()].filter((unit) => unit.kind === 'skipped');
    expect(skipped.map(({ issue }) => [issue.code, issue.message])).toEqual([orphaned]);
  });

  it('is told where there is nothing else', () => {
    expect(told(`Hello\n${group}`)).toEqual([['not-x12', expect.stringContaining('this looks like X12 without')]]);
  });

  it.each(['LOGS*PO*1', 'GS1 numbers*PO*', 'ST*8500*', 'GS PO ', 'GS*PO|'])('is not what %j is', (text) => {
    expect(told(`${good}\n${text}`).at(-1)).toEqual(['bytes-skipped', 'bytes between interchanges']);
  });
});
