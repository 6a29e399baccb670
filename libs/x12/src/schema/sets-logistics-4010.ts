/**
 * Ship notices, warehouses, stock and carriers, release 004010; notation as in `sets-orders-4010.ts`. The standard numbers
 * the loops of warehouses and carriers instead of calling them by their first segments.
 */
const SHIP_NOTICE = `
    BSN! DTM*10
    [HL!*200000 LIN SN1 SLN*1000 PRF PO4 PID*200 MEA*40 PWK*25 PKG*25 TD1*20 TD5*12 [TD3*12 AT9] TD4*5 TSD REF* PER*3
      [LH1*100 LH2*4 LH3*12 LFH*20 LEP* LH4*4 LHT*3 LHR*10 PER*5 LHE] [CLD*200 REF* DTP*] MAN* DTM*10 FOB PAL
      [N1*200 N2*2 N3*2 N4 REF*12 PER*3 FOB] SDQ*50 ETD CUR [SAC* CUR] GF YNQ*10 [LM*10 LQ*100] [V1* R4* DTM*] AMT* CTP* ITD* PSA* N9* MSG* CSH*
      SPI* TPB* [EFI* BIN]]
    CTT`;

const PLACES = 'N2* N3* N4* REF* PER*';

const SHIPPING_ORDER = `
    W05! [N1*10=0100 ${PLACES}] N9* PWK* G61* G62* NTE* W09* W66* W6* R2*13 BNX [TD3 AT9] [LM* LQ*]
    G72* MEA* SAC*
    [LX*=0300 MAN* SDQ* W6* N9* G62* [N1* ${PLACES}] G62* N9*
      [W01*=0310 G69* N9* NTE* W20* QTY* MEA* AMT* G72* PID* DTM* G62* G66* MEA* SDQ* [N1* ${PLACES}] PER*
        LH2* LHR LH6* [LM* LQ*]
        [LS [LX* N9* QTY* G62* N1 SDQ* [LM* LQ*] [LH1* LH2* LH3* LFH* LEP* LH4 LHT* LHR* PER*]] LE!] [FA1* FA2!*]]]
    W76`;

const SHIPPING_ADVICE = `
    W06! [N1!*10=0100 ${PLACES}] N9* PWK* G61* G62* NTE* W27* W6* W28* W10* G72* TD1*5 MEA* SAC* [LM* LQ*]
    [LX*=0300 MAN* PAL* N9* G62* W27* MEA* [N1* ${PLACES}]
      [W12*=0310 G69* N9* NTE* W20* PID* DTM* G62* QTY* MEA* AMT* G66* MAN* R4*5 W27 [N1* ${PLACES}] G72*
        [LM* LQ*] [LS [LX* MAN* N9* QTY* G62* N1 [LM* LQ*]] LE!] [FA1* FA2!*]]]
    W03`;

const STOCK_TRANSFER = `
    W06! [N1*10=0100 ${PLACES}] N9* PWK* G61* G62* NTE* W27* W28* W10* G72* MEA*
    [LX* MAN* PAL* N9* [W04*=0200 G69* N9* QTY* MEA* W20* PID* G62* DTM*]]
    [W04*=0200 G69* N9* QTY* MEA* W20* PID* G62* DTM*]
    W03`;

const RECEIVED = '[W07*=0200 G69* N9* QTY* MEA* W20* PID* G62* DTM* [W13*=0210 N9* QTY*]]';
const RECEIPT_ADVICE = `
    W17! [N1*10=0100 ${PLACES}] N9* PWK* G61* G62* NTE* W08* W28* W18*10 G08*2 TD1*5 MEA*
    [LX* MAN* PAL* N9* ${RECEIVED}] ${RECEIVED}
    W14!`;

const INVENTORY_ADVICE = `
    BIA! CUR DTM* REF* PER* MEA*20 MSG* [N1* ${PLACES} FOB*] [LM* LQ*]
    [LIN!* PID* MEA* PKG* DTM* CTP* CUR* [SAC* CUR*] REF* PER* SDQ* MAN* UIT* CS* DD* G53 PCT* G55* TXI* TD5* NTE* PO4*
      LDT* [LM* LQ*] [SCH* DTM*] [SLN* PID* MEA* PKG*25 [MAN* MEA*] CTP* REF* DTM*]
      [QTY* UIT* MEA* LDT* DTM* REF* MSG* [SCH* DTM* MEA*] [LM* LQ*]
        [LS [REF!* DTM* N1 [LM* LQ*]] LE!]]
      [N1* ${PLACES} FOB* TD5* LDT* DTM* [QTY* UIT* MEA* LDT* DTM* REF*]] [LM* LQ*]]
    CTT`;

const move = (name: string) => `[AT7*=${name} MS1* MS2* K1* M7*]`;
const CARRIER_STATUS = `
    B10! L11* MAN* K1* [N1*10=0100 N2* N3* N4* PER* G61* G62* L11*] MS3* G62* ${move('AT7')} MS1* MS2* M7* Q7* AT8*
    [LX*=0200 ${move('0205')} MS1* MS2* M7* L11* MAN* Q7* K1* AT5* AT8* AT9* PO4* MEA* ${move('0205')}
      [N1* N2* N3* N4* G62* L11*]
      [CD3*=0210 L11* ${move('0215')} NM1* Q7* AT8* MAN* [N1*=0220 N2* N3* N4* L11*]]
      [PRF*=0230 [N1*=0231 N2* N3* N4* L11*] [CD3*=0233 L11* ${move('0240')} NM1* Q7* AT8* MAN*]]
      [SPO*=0250 SDQ*] [OID* SDQ*] [EFI*=0260 BIN!]]`;

export const LOGISTICS_SETS_4010: Readonly<Record<string, string>> = {
  '214': CARRIER_STATUS,
  '846': INVENTORY_ADVICE,
  '856': SHIP_NOTICE,
  '940': SHIPPING_ORDER,
  '943': STOCK_TRANSFER,
  '944': RECEIPT_ADVICE,
  '945': SHIPPING_ADVICE,
};
