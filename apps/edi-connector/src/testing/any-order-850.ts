import fc from 'fast-check';

/** A segment; every `#` in it becomes a text that stands nowhere else. */
type Written = readonly string[];

/** An amount of money that a segment or line comes to, as a fraction: what a mapper must not lose. */
export interface Order850 {
  readonly segments: readonly string[];
  /** Everything in it that is text of the sender's own. */
  readonly texts: readonly string[];
  /** What it comes to, in hundredths. */
  readonly payable: bigint;
}

/** A decimal of the standard, as digits and how many of them stand behind the dot. */
interface Written10 {
  readonly digits: bigint;
  readonly scale: number;
}

const decimal = (max: number): fc.Arbitrary<Written10> =>
  fc.record({ digits: fc.integer({ min: 1, max }).map(BigInt), scale: fc.integer({ min: 0, max: 4 }) });

function textOf({ digits, scale }: Written10): string {
  const padded = String(digits).padStart(scale + 1, '0');
  return scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Half away from zero; nothing here is below it. */
const rounded = (dividend: bigint, divisor: bigint): bigint => (dividend * 2n + divisor) / (divisor * 2n);

const timesPrice = (quantity: Written10, price: Written10, per: bigint): bigint =>
  rounded(quantity.digits * price.digits * 100n, 10n ** BigInt(quantity.scale + price.scale) * per);

const some = (...written: readonly string[]): fc.Arbitrary<Written> => fc.subarray([...written]);

interface Part {
  readonly written: Written;
  readonly minor: bigint;
}

/** An allowance or a charge: an amount, a rate for a number, or one that owes nothing. */
const charge: fc.Arbitrary<Part> = fc
  .record({ isCharge: fc.boolean(), minor: fc.integer({ min: 0, max: 99_999 }), rate: decimal(999), how: fc.nat(3) })
  .map(({ isCharge, minor, rate, how }) => {
    const sign = isCharge ? 1n : -1n;
    const kind = isCharge ? 'C' : 'A';
    if (how === 0) return { written: [`SAC*${kind}*D240***${minor}**********#`], minor: sign * BigInt(minor) };
    if (how === 1) {
      const owed = timesPrice({ digits: 3n, scale: 0 }, rate, 1n);
      return { written: [`SAC*${kind}*C310******${textOf(rate)}*EA*3*****#`], minor: sign * owed };
    }
    if (how === 2) return { written: [`SAC*N*D240***${minor}**********#`], minor: 0n };
    return { written: [`SAC*${kind}*D240***${minor}*******01***#`], minor: 0n };
  });

const party = (role: string): fc.Arbitrary<Written> =>
  fc
    .tuple(fc.constantFrom(`N1*${role}*#*92*#`, `N1*${role}*#`, `N1*${role}**92*#`), some('N2*#*#', 'N3*#*#', 'N3*#'))
    .chain(([head, more]) =>
      some('N4*#*ON*Z-#*CA', 'REF*DP*#*#', 'PER*RE*#*TE*#*FX*#*EM*#', 'TD5**2*#*M*#').map((rest) => [
        head,
        ...more,
        ...rest,
      ]),
    );

const header: fc.Arbitrary<readonly Part[]> = fc
  .record({
    plain: some(
      ...['REF*DP*#', 'REF*CO*#*#', 'REF*ZZ**#', 'PER*BD*#*TE*#*EM*#', 'FOB*PP*OR*#*01*CPT', 'CSH*SP', 'CSH*ZZ'],
    ),
    charges: fc.array(charge, { maxLength: 3 }),
    dates: some(
      ...['ITD*08*3*2**10**30*****#', 'ITD*05*****20260401', 'DTM*002*20260301*1200', 'DTM*010*20260201'],
      ...[
        'DTM*037*20260202',
        'DTM*001*20260401',
        'DTM*004*20260101',
        'PID*F****#',
        'MEA*PD*WT*12*LB',
        'PWK*OL*EM***ZZ*#',
      ],
      ...['TD5**2*#*M*#', 'TD5*B*92*#', 'MAN*GM*#'],
    ),
    tax: fc.option(fc.nat(9_999), { nil: undefined }),
    notes: some('N9*L1*#', 'N9*ZZ*#*#', 'N9*CT*#'),
    message: some('MSG*#'),
    parties: fc.tuple(...['BY', 'BT', 'SE', 'ST', 'RI', 'Z7'].map((role) => fc.option(party(role), { nil: [] }))),
  })
  .map(({ plain, charges, dates, tax, notes, message, parties }) => [
    { written: plain, minor: 0n },
    ...charges,
    { written: dates, minor: 0n },
    ...(tax === undefined ? [] : [{ written: [`TXI*ST*${(tax / 100).toFixed(2)}`], minor: BigInt(tax) }]),
    { written: [...notes, ...(notes.length === 0 ? [] : message), ...parties.flat()], minor: 0n },
  ]);

const BASES: readonly (readonly [string, bigint])[] = [
  ['', 1n],
  ['PE', 1n],
  ['TE', 1n],
  ['HP', 100n],
  ['TP', 1000n],
  ['QT', 1n],
];

/** How a line is split, if it is: its halves by day, by store, or at a place. */
function splits(quantity: Written10): fc.Arbitrary<Written> {
  const all = textOf(quantity);
  const [half, rest] = [quantity.digits / 2n, quantity.digits - quantity.digits / 2n].map((digits) =>
    textOf({ ...quantity, digits }),
  );
  return fc.constantFrom<Written>(
    [],
    [],
    [`SCH*${half}*EA***002*20260301`, `SCH*${rest}*EA***010*20260201*1200`],
    [`SDQ*EA*92*#*${half}*#*${rest}`],
    ['N1*ST*#*92*#', 'N3*#', 'DTM*002*20260301'],
    [`SCH*${all}*EA*ST*#*002*20260301*****#`],
    ['DTM*063*20260301'],
  );
}

const line: fc.Arbitrary<readonly Part[]> = fc
  .record({
    quantity: decimal(99_999),
    price: decimal(99_999),
    basis: fc.constantFrom(...BASES),
    number: fc.constantFrom('', '#'),
    ids: fc.subarray(['VN*#', 'IN*#', 'UP*#', 'MG*#', 'ZZ*#', 'LT*#', 'IZ*#', 'BP*#']),
    place: fc.constantFrom('own', 'CTP'),
    below: some('CTP**LPR*1300', 'PID*F****#', 'PID*F*08***#', 'PID*F****#', 'PO4*4*4*EA', 'REF*CT*#', 'REF*ZZ*#*#'),
    charges: fc.array(charge, { maxLength: 2 }),
    note: some('N9*L1*#', 'MSG*#'),
    parts: some('SLN*#**I*2*EA*4.00***VP*#', 'SLN*#**D*2*EA****VP*#', 'SLN*#**O*2*EA****IN*#*ZZ*#'),
  })
  .chain((one) => splits(one.quantity).map((split) => ({ ...one, split })))
  .map(({ quantity, price, basis: [code, per], number, ids, place, below, charges, note, parts, split }) => {
    const pairs = ids.length === 0 ? '' : `*${ids.join('*')}`;
    const [own, ctp] =
      place === 'own'
        ? [`${textOf(price)}*${code}`, []]
        : ['*', [`CTP**UCP*${textOf(price)}******${code}`.replace(/\*+$/, '')]];
    const isSplitByPlace = split[0]?.startsWith('N1') === true;
    const [early, late] = isSplitByPlace ? [[], split] : [split, []];
    return [
      { written: [`PO1*${number}*${textOf(quantity)}*EA*${own}${pairs}`], minor: timesPrice(quantity, price, per) },
      { written: [...ctp, ...below], minor: 0n },
      ...charges,
      { written: [...early, ...note.filter((_, n) => n === 0 || note[0] !== 'MSG*#'), ...late, ...parts], minor: 0n },
    ];
  });

/** An 850 with a bit of everything, all of it legal, and what it comes to. */
export const anyOrder850: fc.Arbitrary<Order850> = fc
  .record({
    beg: fc.constantFrom('BEG*00*SA*#**20260203', 'BEG*00*RL*#*#*20260203*#*AC', 'BEG*15*KN*#**20260203'),
    header,
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    total: fc.boolean(),
  })
  .map(({ beg, header: top, lines, total }) => {
    const parts = [...top, ...lines.flat()];
    const payable = parts.reduce((sum, { minor }) => sum + minor, 0n);
    const end = [
      `CTT*${lines.length}`,
      ...(total && payable >= 0n ? [`AMT*TT*${textOf({ digits: payable, scale: 2 })}`] : []),
    ];
    return { ...numbered([beg, 'CUR*BY*USD', ...parts.flatMap(({ written }) => written), ...end]), payable };
  });

function numbered(written: readonly string[]): Pick<Order850, 'segments' | 'texts'> {
  const texts: string[] = [];
  const segments = written.map((segment) => segment.replaceAll(/#+/g, () => `T${texts.push(`T${texts.length + 1}`)}`));
  return { segments, texts };
}
