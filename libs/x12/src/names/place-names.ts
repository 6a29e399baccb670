/** Elements that mean something of their own where they stand: one data element may occur three times in a segment. */
const NAMES: ReadonlyMap<string, string> = new Map(
  `
ACK05 day of delivery or shipment
BAK04 order date
BAK09 day of the answer
BCA06 order date
BCH06 order date
BIG01 invoice date
BIG03 order date
BPR06 payer's bank id kind
BPR07 payer's bank
BPR08 payer's account kind
BPR09 payer's account
BPR12 payee's bank id kind
BPR13 payee's bank
BPR14 payee's account kind
BPR15 payee's account
BPR16 day of the payment
PRF04 order date
RMR04 paid
RMR05 invoiced
RMR06 discount taken
RMR08 adjustment
SAC13 reference
SN102 shipped
SN105 ordered
TDS01 total
TDS02 amount that earns discount
TDS03 total less discount
TDS04 discount
TRN02 trace number
`
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, 5), line.slice(6)]),
);

/** What the element at this position (from 1) of a segment is, where the name of its data element is not enough. */
export function placeName(segmentId: string, position: number): string | undefined {
  return NAMES.get(`${segmentId}${String(position).padStart(2, '0')}`);
}
