import { describe, expect, it } from '@jest/globals';
import { interchange, orderBody } from '../testing/interchanges.js';
import { partnerWith, setOf } from '../testing/read-order.js';
import { examine, type ExaminedSet } from './set-reader.js';

const read = (text: string, acknowledgment: object = {}, requiredFields: string[] = []): ExaminedSet =>
  examine(
    setOf(Buffer.from(text)),
    {
      partner: partnerWith({ acknowledgment, requiredFields }),
      documentId: 'doc-1',
      receivedAt: '2026-02-03T10:00:00.000Z',
      rawSha256: 'a'.repeat(64),
    },
    () => true,
  );
const miscounted = interchange().replace(/SE\*\d+/, 'SE*99');

describe('a set with a fault', () => {
  it('is read where the partner’s policy overlooks that fault: it is acknowledged as taken', () => {
    expect(read(miscounted).order).toBeUndefined();
    expect(read(miscounted, { severities: { 'se-count': 'accept-with-note' } }).order).toBeDefined();
    expect(read(miscounted, { severities: { 'ge-count': 'accept-with-note' } }).order).toBeUndefined();
  });

  it('is never taken when its end is missing', () => {
    const cutOff = interchange().replace(/SE\*\d+\*0001~\n/, '');
    const severities = { 'se-missing': 'accept', 'segment-missing': 'accept' };
    expect(read(cutOff, { severities })).toMatchObject({ isImpossible: true });
  });

  it('is never taken when it holds a NUL, which no table keeps, however lenient we are', () => {
    const lenient = { setWithErrors: 'E', severities: { 'element-character': 'accept' } };
    const from = (name: string) => read(interchange({ sets: [orderBody('PO-1', `N1*BY*${name}`)] }), lenient);
    expect(from('Bo\u0001lt').order).toBeDefined();
    expect(from('Bo\0lt')).toMatchObject({ isImpossible: true });
    expect(from('Bo\0lt').order).toBeUndefined();
  });

  it('keeps its order beside a fault of content that a policy judges', () => {
    const body = orderBody('PO-1').map((segment) => segment.replace('CTT*2', 'CTT*3'));
    const { order, set } = read(interchange({ sets: [body] }));
    expect(order).toBeDefined();
    expect([set.errors, set.issues.map(({ code }) => code)]).toEqual([1, ['element-code']]);
  });

  it('does not count a note as a fault', () => {
    const body = orderBody('PO-1').map((segment) => segment.replace('CTT*2', 'CTT*2*99'));
    const { set } = read(interchange({ sets: [body] }));
    expect([set.errors, set.issues.map(({ code }) => code)]).toEqual([0, ['control-total']]);
  });
});

describe('a fault of content', () => {
  it('names its loop and its data element, as a fault of syntax does', () => {
    const body = orderBody('PO-1').map((segment) => segment.replace(/^(PO1\*[^*]*)\*[^*]*/, '$1*-5'));
    const { set } = read(interchange({ sets: [body] }));
    const [first] = set.issues.filter(({ severity }) => severity === 'error');
    expect(first).toMatchObject({ place: { segment: 'PO1', loop: 'PO1' }, dataElement: '330' });
  });
});

describe('a segment that a partner must send and did not', () => {
  it('is missed in the header, not in the loop of what stands there instead', () => {
    const body = orderBody('PO-1').filter((segment) => !segment.startsWith('CUR'));
    const { set } = read(interchange({ sets: [body] }), {}, ['REF*DP/02']);
    const [missed] = set.issues;
    expect(missed).toMatchObject({ code: 'segment-missing', place: { segment: 'REF', ordinal: 3 } });
    expect([set.segments[2]?.id, missed?.place.loop]).toEqual(['N1', undefined]);
  });
});

describe('what they think of a document of ours', () => {
  const told = (code: string, middle: readonly string[]) =>
    read(
      [
        'ISA*00*          *00*          *ZZ*ACMESTORES     *ZZ*RAILHEAD       *260203*0900*U*00401*000000009*0*P*>',
        'GS*FA*ACMESTORES*RAILHEAD*20260203*0900*9*X*004010',
        ...[`ST*${code}*0001`, 'AK1*PR*17', ...middle, `SE*${middle.length + 3}*0001`, 'GE*1*9', 'IEA*1*000000009', ''],
      ].join('~'),
    ).opinion;

  it.each([
    ['997', ['AK2*855*0001', 'AK5*R*5', 'AK9*R*1*1*0']],
    ['999', ['AK2*855*0001', 'IK5*R*5', 'AK9*R*1*1*0']],
  ])('is read from a %s', (code, middle) => {
    expect(told(code, middle)).toMatchObject({ functionalId: 'PR', controlNumber: 17, accepted: false });
  });
});
