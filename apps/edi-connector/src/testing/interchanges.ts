/** How a test's interchange differs from the usual one. */
export interface Wanted {
  readonly po?: string;
  readonly control?: number;
  /** GS06; default the number of the interchange. */
  readonly group?: number | string;
  /** ST02 of the first set. */
  readonly firstSet?: number;
  readonly sender?: string;
  /** ISA05. */
  readonly senderQualifier?: string;
  readonly receiver?: string;
  /** Sets, each the segments between ST and SE; default one 850. */
  readonly sets?: readonly (readonly string[])[];
  readonly code?: string;
  readonly functionalId?: string;
  readonly wantsTa1?: boolean;
}

/** The body of an 850: 10 × 12.50 and 4 × 3.75, lines numbered by tens. */
export function orderBody(po: string, ...more: string[]): string[] {
  return [
    `BEG*00*SA*${po}**20260203`,
    'CUR*BY*USD',
    ...more,
    'N1*ST*Acme DC 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    'PO1*10*10*EA*12.50**VP*RH-1001*IN*A-77',
    'PID*F****Claw hammer',
    'PO1*20*4*EA*3.75**VP*RH-1002',
    'CTT*2',
  ];
}

/** An interchange as a partner's translator writes it. */
export function interchange(wanted: Wanted = {}): string {
  const {
    po = 'PO-1',
    control = 1,
    group = control,
    firstSet = 1,
    sender = 'ACMESTORES',
    receiver = 'RAILHEAD',
    code = '850',
    functionalId = 'PO',
  } = wanted;
  const sets = wanted.sets ?? [orderBody(po)];
  const isa13 = String(control).padStart(9, '0');
  const ids = `${wanted.senderQualifier ?? 'ZZ'}*${sender.padEnd(15)}*ZZ*${receiver.padEnd(15)}`;
  const body = sets.flatMap((segments, index) => {
    const st02 = String(index + firstSet).padStart(4, '0');
    return [`ST*${code}*${st02}`, ...segments, `SE*${segments.length + 2}*${st02}`];
  });
  const all = [
    `ISA*00*          *00*          *${ids}*260203*1015*U*00401*${isa13}*${wanted.wantsTa1 === true ? 1 : 0}*P*>`,
    `GS*${functionalId}*${sender}*${receiver}*20260203*1015*${group}*X*004010`,
    ...body,
    `GE*${sets.length}*${group}`,
    `IEA*1*${isa13}`,
  ];
  return all.map((segment) => `${segment}~\n`).join('');
}
