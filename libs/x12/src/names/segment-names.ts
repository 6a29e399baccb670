/** Short names of segments, in our own words. */
const NAMES: ReadonlyMap<string, string> = new Map(
  `
ACK what becomes of the line
ADV advertising
ADX adjustment
AIN income
AK1 answers the group
AK2 answers the set
AK3 a segment in error
AK4 an element in error
AK5 verdict on the set
AK9 verdict on the group
AMT amount
ASM how it is settled
AT5 how it must be handled
AT7 shipment status
AT8 weight and pieces
AT9 size and weight of the trailer
ATN attendance
B10 shipment and carrier
BAK order acknowledgment
BAL balance
BCA change acknowledgment
BCH order change
BEG purchase order
BGN beginning
BIA inventory
BIG invoice
BIN binary data
BNX billing of rail
BPR payment
BSN ship notice
CAD carrier of the goods
CB1 contract details
CD3 carton
CLD load detail
CN1 contract terms
CRC conditions
CS contract
CSH how the sale is made
CTB restriction
CTP price
CTT totals
CTX context of the error
CUR currency
DD requested for
DED deduction from wages
DIS discount
DMG about a person
DTM date or time
DTP date or period
EFI how a file is made
EMS employment
ENT entity
ETD excess transport
FA1 kind of funds
FA2 account
FOB freight terms
G08 pallets received
G53 kind of change
G55 item in another unit
G61 contact
G62 date or time
G66 how it is carried
G69 description
G72 allowance or charge
GE end of group
GF freight conditions
GS functional group
HD cover
HL level of the shipment
IEA end of interchange
IK3 a segment in error
IK4 an element in error
IK5 verdict on the set
IN2 parts of a name
INC instalments
INS member of a plan
INV investment
ISA interchange
ISS shipment totals
IT1 invoiced line
IT3 more on the line
IT8 conditions of sale
ITD payment terms
K1 remark
L11 reference
L7 tariff
LDT lead time
LE the loop ends
LEP environment
LFH hazardous goods in words
LH1 hazardous goods
LH2 hazard class
LH3 hazardous goods by name
LH4 emergency contact
LH6 hazard certificate
LHE empty hazardous container
LHR hazard reference
LHT transborder hazard
LIN item
LM list of codes
LOC location
LQ industry code
LS a loop begins
LX line counter
M7 seals
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
NX2 parts of an address
OID order in the shipment
OTI original set
PAL pallets
PAM amount for a period
PCT percentage
PD pricing
PDD pricing detail
PEN pension
PER contact
PID description
PKG packaging
PO1 ordered line
PO3 more of the line
PO4 how it is packed
POC changed line
PRF order
PSA partners' share
PWK paperwork
PYD payroll deduction
Q7 what is wrong with the goods
QTY quantity
R2 route
R4 port
RDM where the advice goes
RED what is affected
REF reference
RMR invoice that is paid
RPA rate
RYL royalty
SAC allowance or charge
SCH schedule
SDQ quantities by place
SE end of set
SI service
SLN part of the line
SN1 shipped quantity
SPI specification
SPO order in the shipment
SR advertising service
ST transaction set
TA1 answers the interchange
TAX tax registration
TC2 goods code
TD1 packages and weight
TD3 equipment
TD4 hazard and handling
TD5 routing
TDS invoice total
TED technical error
TPB third-party billing
TRN trace
TSD trailer and seals
TXI tax
TXP tax payment
UIT unit
V1 vessel
VEH vehicle
W01 line to ship
W03 shipped totals
W04 item
W05 warehouse order
W06 warehouse shipment
W07 received line
W08 receipt carrier
W09 temperature
W10 more on the carrier
W12 shipped line
W13 exception at receipt
W14 received totals
W17 warehouse receipt
W18 temperature measured
W20 pack and weight
W27 carrier
W28 consolidation
W6 special handling
W66 how it is to be carried
W76 totals to ship
YNQ yes or no
`
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
);

/** What a segment is, in a few words of our own; `undefined` for one that no schema of ours uses. */
export function segmentName(id: string): string | undefined {
  return NAMES.get(id);
}
