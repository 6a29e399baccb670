import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEntity, writeEntity } from './entity.js';
import { quoted, readHeaderFields, readParameterized } from './header-fields.js';
import { joinMultipart, splitMultipart } from './multipart.js';
import { decodeBody, toBase64Lines } from './transfer-encoding.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('an entity', () => {
  it.each([
    ['CRLF', 'A: 1\r\nB: 2\r\n\r\nbody\r\n'],
    ['LF', 'A: 1\nB: 2\n\nbody\r\n'],
  ])('is read with lines that end in %s, its body as it stands', (_name, text) => {
    const { headers, body } = readEntity(bytes(text));
    expect(Object.fromEntries(headers)).toEqual({ a: '1', b: '2' });
    expect(body).toEqual(bytes('body\r\n'));
  });

  it('may have no header at all, and no body', () => {
    expect(readEntity(bytes('\r\nbody'))).toEqual({ headers: new Map(), body: bytes('body') });
    expect(readEntity(bytes('A: 1\r\n\r\n')).body).toHaveLength(0);
  });

  it('is none when its header does not end, or not within 16 KB', () => {
    expect(() => readEntity(bytes('A: 1\r\nB: 2'))).toThrow('without an end');
    expect(readEntity(bytes(`A: ${'x'.repeat(16_000)}\r\n\r\n`)).headers.get('a')).toHaveLength(16_000);
    expect(() => readEntity(bytes(`A: ${'x'.repeat(17_000)}\r\n\r\n`))).toThrow('without an end');
  });

  it('comes back as it was written, whatever its body', () => {
    const anyBytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(anyBytes, (content) => {
        const body = Buffer.from(content);
        expect(readEntity(writeEntity([['Content-Type', 'a/b']], body))).toEqual({
          headers: new Map([['content-type', 'a/b']]),
          body,
        });
      }),
    );
  });
});

describe('header fields', () => {
  it('are unfolded, counted up to a hundred, and the first of a name is meant', () => {
    expect(readHeaderFields('A: 1;\r\n\tb=2\r\nnonsense\r\na: 3').get('a')).toBe('1; b=2');
    const many = Array.from({ length: 150 }, (_one, n) => `F${n}: x`).join('\r\n');
    expect(readHeaderFields(many).size).toBe(100);
  });

  it('have parameters with and without quotes, in any case', () => {
    const { value, parameters } = readParameterized('Multipart/Signed; MICALG=sha-256; boundary="a;\\"b=" ; x=1');
    expect(value).toBe('multipart/signed');
    expect(Object.fromEntries(parameters)).toEqual({ micalg: 'sha-256', boundary: 'a;"b=', x: '1' });
    expect(readParameterized(undefined).value).toBe('');
  });

  it.each([
    [`attachment; filename*=UTF-8''p%C3%B6%201.edi`, 'pö 1.edi'],
    [`attachment; filename="po.edi"; filename*=UTF-8'en'p%C3%B6.edi`, 'pö.edi'],
    [`attachment; filename*=iso-8859-1''p%F6.edi`, 'pö.edi'],
    [`attachment; filename*0="purchase "; filename*1=order.edi`, 'purchase order.edi'],
    [`attachment; filename*0*=UTF-8''p%C3%B6; filename*1*=%201; filename*2=.edi`, 'pö 1.edi'],
    [`attachment; filename*=UTF-8''broken%E9`, 'broken%E9'],
    [`attachment; filename*=plain.edi`, 'plain.edi'],
  ])('have parameters in the long form: %s', (field, name) => {
    expect(readParameterized(field).parameters.get('filename')).toBe(name);
  });

  it('cannot be broken out of by a file name', () => {
    expect(quoted('a"b\r\nEvil: 1\\')).toBe('"a_b__Evil: 1_"');
  });
});

describe('a multipart body', () => {
  const parts = [bytes('A: 1\r\n\r\none\r\n'), bytes('B: 2\r\n\r\n--other\r\n--b0\r\n')];

  it('gives its parts back byte for byte', () => {
    expect(splitMultipart(joinMultipart(parts, 'b'), 'b', 2)).toEqual(parts);
  });

  it('may have words before and after, and lines that end in LF', () => {
    const text = 'hello\n--b \none\n--b\ntwo\n--b-- \nbye';
    expect(splitMultipart(bytes(text), 'b', 2)).toEqual([bytes('one'), bytes('two')]);
  });

  it.each([
    ['no end', '--b\r\none\r\n', 'b'],
    ['no boundary', '--b\r\none\r\n--b--', undefined],
    ['three parts', '--b\r\n1\r\n--b\r\n2\r\n--b\r\n3\r\n--b--', 'b'],
    ['a boundary that is too long', 'x', 'b'.repeat(201)],
  ])('is none with %s', (_what, text, boundary) => {
    expect(() => splitMultipart(bytes(text), boundary, 2)).toThrow();
  });

  it('comes back for all parts that do not hold its boundary', () => {
    const part = fc.uint8Array({ maxLength: 100 }).map((one) => Buffer.from(one));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (some) => {
        expect(splitMultipart(joinMultipart(some, 'unlikely-boundary'), 'unlikely-boundary', 4)).toEqual(some);
      }),
    );
  });
});

describe('a transfer encoding', () => {
  it('takes no longer to read for being nothing but blanks', () => {
    const before = process.threadCpuUsage();
    expect(decodeBody(Buffer.alloc(2_000_000, ' '), 'quoted-printable')).toHaveLength(2_000_000);
    expect(decodeBody(bytes(`${' '.repeat(2_000_000)}\n`), 'quoted-printable')).toEqual(bytes('\n'));
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2_000);
  });

  it('is taken off', () => {
    const body = Buffer.from([0, 1, 250, 13, 10, 61]);
    expect(decodeBody(toBase64Lines(body), 'Base64')).toEqual(body);
    expect(decodeBody(bytes('a=0D=0Ab =\r\nc=3D'), 'quoted-printable')).toEqual(bytes('a\r\nb c='));
    expect(decodeBody(bytes('a= \t\r\nb  \nc=zz=4\n=41=0a= '), 'quoted-printable')).toEqual(bytes('ab\nc=zz=4\nA\n= '));
    expect(decodeBody(bytes('=\r\n=\n\r\n='), 'quoted-printable')).toEqual(bytes('\r\n'));
    for (const same of [undefined, '', '7bit', '8BIT', 'binary']) expect(decodeBody(body, same)).toBe(body);
    expect(() => decodeBody(body, 'uuencode')).toThrow('do not know');
  });
});
