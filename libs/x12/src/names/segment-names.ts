/** Short names of segments, in our own words. */
const NAMES: ReadonlyMap<string, string> = new Map(
  `
ACK what becomes of the line
ADX adjustment
AK1 answers the group
AK2 answers the set
AK3 a segment in error
AK4 an element in error
AK5 verdict on the set
AK9 verdict on the group
AMT amount
AT7 shipment status
AT8 weight and pieces
B10 shipment and carrier
BAK order acknowledgment
BCA change acknowledgment
BCH order change
BEG purchase order
BGN beginning
BIA inventory
BIG invoice
BIN binary data
BPR payment
BSN ship notice
CAD carrier of the goods
CLD load detail
CTP price
CTT totals
CTX context of the error
CUR currency
DTM date or time
ENT entity
FOB freight terms
G61 contact
G62 date or time
G69 description
GE end of group
GS functional group
HL level of the shipment
IEA end of interchange
IK3 a segment in error
IK4 an element in error
IK5 verdict on the set
ISA interchange
ISS shipment totals
IT1 invoiced line
ITD payment terms
L11 reference
LIN item
LQ industry code
LX line counter
MAN marks and numbers
MEA measurement
MS1 place
MS2 equipment
MS3 carrier and routing
MSG message
MTX text
N1 party
N2 more of the name
N3 street
N4 city
N9 reference
NM1 name
NTE note
OTI original set
PER contact
PID description
PKG packaging
PO1 ordered line
PO3 more of the line
PO4 how it is packed
POC changed line
PRF order
PWK paperwork
QTY quantity
REF reference
RMR invoice that is paid
SAC allowance or charge
SCH schedule
SDQ quantities by place
SE end of set
SLN part of the line
SN1 shipped quantity
ST transaction set
TA1 answers the interchange
TAX tax registration
TD1 packages and weight
TD3 equipment
TD5 routing
TDS invoice total
TED technical error
TRN trace
TXI tax
UIT unit
W01 line to ship
W03 shipped totals
W04 item
W05 warehouse order
W06 warehouse shipment
W07 received line
W08 receipt carrier
W12 shipped line
W13 exception at receipt
W14 received totals
W17 warehouse receipt
W27 carrier
W66 how it is to be carried
W76 totals to ship
`
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
);

/** What a segment is, in a few words of our own; `undefined` for one that no schema of ours uses. */
export function segmentName(id: string): string | undefined {
  return NAMES.get(id);
}
