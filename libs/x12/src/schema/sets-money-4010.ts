/** Invoices and remittances, release 004010; notation as in `sets-orders-4010.ts`. */
const INVOICE = `
    BIG! NTE*100 CUR REF*12 YNQ*10 PER*3 [N1*200 N2*2 N3*2 N4 REF*12 PER*3 DMG] ITD* DTM*10 FOB PID*200 MEA*40 PWK*25
    PKG*25 L7 BAL* INC PAM* CRC CTP* [LM*10 LQ!*] [N9* MSG!*] [V1* R4* DTM*] [FA1* FA2!*]
    [IT1*200000 CRC QTY*5 CUR IT3*5 TXI*10 CTP*25 PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 PKG*25 PO4 ITD*2 REF* YNQ*10 PER*5
      SDQ*500 DTM*10 CAD* L7* SR [SAC*25 TXI*10] [SLN*1000 DTM REF* PID*1000 [SAC*25 TXI*10] TC2*2 TXI*10]
      [N1*200 N2*2 N3*2 N4 REF*12 PER*3 DMG] [LM*10 LQ!*] [V1* R4* DTM*] [FA1* FA2!*]]
    TDS! TXI*10 CAD AMT* [SAC*25 TXI*10] [ISS* PID] CTT`;

/** A line of what was bought, inside a payment. */
const CHARGED = '[SAC* DTM* TXI* DTM*]';
const BOUGHT = `[IT1* RPA* QTY* [REF* DTM*] ${CHARGED} [SLN* [REF* DTM*] ${CHARGED}]]`;
const FUNDS = '[FA1* FA2!*]';
const ADJUSTMENT = `[ADX* NTE* PER* DTM [REF* DTM*] ${BOUGHT} ${FUNDS}]`;
const PAID = `[RMR* NTE* REF* DTM* VEH ${BOUGHT} ${ADJUSTMENT} ${FUNDS}]`;

/** Many payers leave ENT out and send what it would hold: read as if it stood there. */
const REMITTANCE = `
    BPR! NTE* TRN CUR REF* DTM* [N1* N2* N3* N4* REF* PER* RDM* DTM*]
    [ENT* ${FUNDS} [NM1* N2* N3* N4* PER* REF*] ${ADJUSTMENT} ${PAID} ${FUNDS}]
    ${ADJUSTMENT} ${PAID}
    [TXP* TXI* REF* DTM* TXI*] [DED*]
    [LX* REF* TRN* [NM1* REF* G53* [AIN* QTY* DTP*] [PEN* AMT* DTP* [INV* DTP*]] QTY* DTM*]]
    [N9* REF* MSG* DTM* [AMT* REF*] [N1* REF* [EMS* ATN* AIN* PYD*]]]
    [RYL* [NM1* [LOC* [PID* DTM [PCT* QTY [AMT* ADX*]]]] [ASM ADX]] LOC* PID* DTM*]`;

export const MONEY_SETS_4010: Readonly<Record<string, string>> = { '810': INVOICE, '820': REMITTANCE };
