import { describe, expect, it } from '@jest/globals';
import { element, pointer, type TransactionSet } from '@railhead/x12';
import { interchange } from '../testing/interchanges.js';
import { mapped, order, setOf } from '../testing/read-order.js';

/** An order with something in every field that an 850 can fill. */
const FULL = [
  'BEG*00*RL*PO-7*3*20260203*C-88*AC',
  'CUR*BY*CAD',
  'REF*DP*038',
  'REF*CO*CUST-9',
  'PER*BD*Robin Vega*TE*555-0110*EM*robin@acme.example',
  'FOB*PP*OR*Toledo**CPT',
  'CSH*SP',
  'SAC*C*D240***1250**********Freight',
  'SAC*A*C310****3*5.00',
  'ITD*08*3*2**10**30*****2% 10 Net 30',
  'DTM*002****RD8*20260219-20260226',
  'DTM*010*20260210',
  'DTM*037*20260209',
  'DTM*038*20260212',
  'DTM*001*20260301',
  'TD5**2*UPSN*M********G2',
  'TXI*GS*3.10',
  'N9*L1*x',
  'MSG*Ring the bell',
  'N1*BY*Acme East*9*0012345',
  'N1*ST*DC 7*UL*0614141000012',
  'N2*Dock 4',
  'N3*1 Main St*Rear',
  'N4*Toronto*ON*M5V*CA',
  'PER*RE*Sam*TE*555-2',
  'PO1*10*10*CS*1250*HP*VN*RH-1*IN*B-1*UP*614141000036*MG*M-1*LT*L-9',
  'CTP**LPR*1300',
  'PID*F****Claw hammer',
  'PID*F****Steel, 16 oz',
  'PO4*4*4*EA',
  'REF*CT*C-7',
  'SAC*A*C310***40',
  'SDQ*CS*92*0001*6*0002*4',
  'TXI*GS**5',
  'MSG*handle with care',
  'SLN*1**I*2*EA****VP*RH-7',
  'PO1*20*5*EA*3*TE*VN*RH-2',
  'SCH*3*EA***064*20260210**063*20260217',
  'SCH*2*EA***010*20260210',
  'PO1*30*1*EA**PE*VN*RH-3',
  'CTP**UCP*7.5',
  'N1*ST*Depot*92*77',
  'N3*9 Dock Rd',
  'N4*Ely*NV*89301*US',
  'CTT*3*16',
  'AMT*TT*1',
];

/** What follows from other fields, from the partner's profile, or says how the document came in. */
const DERIVED =
  /^\/(schemaVersion|orderId|businessKey|channel|totals\/(?!tax\b).*|provenance|extras)(\/|$)|^\/parties\/\d+\/accountId$|\/(lineId|scheduleId|lineExtensionAmount)(\/|$)/;
/** Codes of ours for what a segment is: it came from the segment that its neighbours came from. */
const IMPLIED = /^\/(references\/\d+\/type|lines\/\d+\/references\/\d+\/type)$/;

const set: TransactionSet = setOf(Buffer.from(interchange({ sets: [FULL] })));

function full() {
  const found = mapped(set);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.order;
}

function leaves(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${at}/${name}`));
}

/** The place of a leaf: its own, or that of the value it is a part of. */
function placeOf(leaf: string, fields: Readonly<Record<string, string>>): string | undefined {
  for (let path = leaf; path !== ''; path = path.slice(0, path.lastIndexOf('/')))
    if (fields[path] !== undefined) return fields[path];
  return undefined;
}

describe('the provenance of an order', () => {
  const order = full();
  const { fields } = order.provenance;
  const all = leaves(order);

  it('is there for every field that the document gave', () => {
    const without = all.filter(
      (leaf) => !DERIVED.test(leaf) && !IMPLIED.test(leaf) && placeOf(leaf, fields) === undefined,
    );
    // at price 0: it is in its kit's price
    expect(without).toEqual(['/lines/1/price/amount']);
    expect(all.length).toBeGreaterThan(150);
  });

  it('names only fields that are there', () => {
    const isThere = (field: string) => all.some((leaf) => leaf === field || leaf.startsWith(`${field}/`));
    expect(Object.keys(fields).filter((field) => !isThere(field))).toEqual([]);
  });

  it('names places where the value really stands', () => {
    const texts = new Map<string, string | undefined>();
    for (const segment of set.segments)
      for (let position = 1; position <= segment.elementCount; position += 1)
        texts.set(pointer(set.segments, segment, position), element(segment, position));
    const verbatim = Object.entries(fields).filter(([field]) =>
      /(name|ItemId|text|identifiers\/0\/value|city|buyerLineId)$/.test(field),
    );
    expect(verbatim.length).toBeGreaterThan(20);
    for (const [field, place] of verbatim) {
      const value = field
        .slice(1)
        .split('/')
        .reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], order);
      expect([field, place, texts.get(place)]).toEqual([field, place, value]);
    }
  });
});

describe('what has no field', () => {
  it('is all there: every element of the document is a field, a code that was understood, or an extra', () => {
    const found = full();
    const places = new Set([...Object.values(found.provenance.fields), ...Object.keys(found.extras ?? {})]);
    const understood = /^(ST|SE|BEG02|(CUR|FOB|SAC|DTM|TD5|REF|N9|PID|CTP|SDQ|SCH|PER|N1|TXI|PO1|SLN|AMT).*)/;
    const lost = set.segments.flatMap((segment) =>
      Array.from({ length: segment.elementCount }, (_, n) => n + 1)
        .filter((position) => element(segment, position) !== undefined)
        .map((position) => pointer(set.segments, segment, position))
        .filter((place) => !places.has(place) && !places.has(pointer(set.segments, segment)))
        .filter((place) => !understood.test(place)),
    );
    expect(lost).toEqual([]);
    expect(found.extras).toEqual({
      BEG07: 'AC',
      FOB02: 'OR',
      TD504: 'M',
      'TXI[1]/TXI01': 'GS',
      'TXI[2]/TXI01': 'GS',
      N902: 'x',
      PO4: 'PO4*4*4*EA',
    });
  });

  it('is never cut and never left out, however much it is', () => {
    const below = Array.from({ length: 150 }, (_, index) => `MEA*PD*WT*${index}*LB`);
    const long = `PWK*OL*EM*****${'x'.repeat(900)}`;
    const found = order([long], below);
    expect(Object.keys(found.extras!)).toHaveLength(151);
    expect(found.extras!['PWK']).toBe(long);
  });
});
