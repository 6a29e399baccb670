/** A transaction set without its ST and SE. */
export interface OutgoingSet {
  readonly code: string;
  readonly segments: readonly string[];
}

/** Sets as one interchange with one group, from a partner to Railhead: `*` and `~`, a line feed behind each segment. */
export function interchange(options: {
  readonly sender: string;
  readonly control: number;
  readonly functionalId: string;
  readonly sets: readonly OutgoingSet[];
}): string {
  const { sender, control, functionalId, sets } = options;
  const isa13 = String(control).padStart(9, '0');
  const body = sets.flatMap(({ code, segments }, at) => {
    const number = String(at + 1).padStart(4, '0');
    return [`ST*${code}*${number}`, ...segments, `SE*${segments.length + 2}*${number}`];
  });
  return [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*${'RAILHEAD'.padEnd(15)}*260203*1015*U*00401*${isa13}*0*P*>`,
    `GS*${functionalId}*${sender}*RAILHEAD*20260203*1015*${control}*X*004010`,
    ...body,
    `GE*${sets.length}*${control}`,
    `IEA*1*${isa13}`,
  ]
    .map((segment) => `${segment}~\n`)
    .join('');
}
