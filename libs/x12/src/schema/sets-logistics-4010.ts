/** Ship notices, warehouses, stock and carriers, release 004010; notation as in `sets-orders-4010.ts`. */
const SHIP_NOTICE = `
    BSN! DTM*10
    [HL!*200000 LIN SN1 SLN*1000 PRF PO4 PID*200 MEA*40 PWK*25 PKG*25 TD1*20 TD5*12 TD3*12 TD4*5 TSD REF* PER*3
      [LFH*100 LFH LEP* CGS* TD* NM1*] [CLD*200 REF* DTP*] MAN* DTM*10 FOB PAL V1* R4*
      [N1*200 N2*2 N3*2 N4 REF*12 PER*3 FOB] SDQ*50 ETD CUR [SAC* CUR] GF YNQ*10 LM* LQ* AMT* CTP* ITD* PSA* N9* MSG* CSH*
      SPI* TPB* EFI*]
    CTT`;

const PLACES = 'N2* N3* N4* REF* PER*';

const SHIPPING_ORDER = `
    W05! [N1* ${PLACES}] N9* PWK* G61* G62* NTE* W09* W66* W6* G72* MEA* SAC*
    [LX* MAN* W6* N9* [N1* ${PLACES}]
      [W01* G69* N9* QTY* MEA* AMT* G72* G66* NTE* W20* PID* DTM* G62* SDQ* [N1* ${PLACES}] [LS [LX* N9* QTY*] LE!]]]
    W76`;

const SHIPPING_ADVICE = `
    W06! [N1!* ${PLACES}] N9* PWK* G61* G62* NTE* W27* W28* W10* G72* MEA* SAC*
    [LX* MAN* PAL* N9* G62* W27* MEA* [N1* ${PLACES}]
      [W12* G69* N9* QTY* MEA* AMT* G72* G66* NTE* W20* PID* DTM* G62* MAN* [N1* ${PLACES}] [LS [LX* MAN* N9* QTY*] LE!]]]
    W03`;

const STOCK_TRANSFER = `
    W06! [N1* ${PLACES}] N9* PWK* G61* G62* NTE* W27* W28* W10* G72* MEA*
    [LX* MAN* PAL* N9* [W04* G69* N9* QTY* MEA* W20* PID* G62* DTM*]]
    [W04* G69* N9* QTY* MEA* W20* PID* G62* DTM*]
    W03`;

const RECEIVED = '[W07* G69* N9* QTY* MEA* W20* PID* G62* DTM* [W13* N9* QTY*]]';
const RECEIPT_ADVICE = `
    W17! [N1* ${PLACES}] N9* PWK* G61* G62* NTE* W08* W28* MEA*
    [LX* MAN* N9* ${RECEIVED}] ${RECEIVED}
    W14`;

const INVENTORY_ADVICE = `
    BIA! CUR DTM* REF* PER* MSG* [LM* LQ*] [N1* ${PLACES} FOB*]
    [LIN!* PID* MEA* PKG* DTM* CTP* CUR* [SAC* CUR*] REF* PER* SDQ* MAN* UIT* CS* DD* G55* TXI* TD5* NTE* PO4*
      [QTY* UIT* MEA* LDT* DTM* REF* MSG* [SCH* DTM*]] LDT* [SCH* DTM*]
      [SLN* PID* MEA* QTY* CTP* REF* DTM*]
      [N1* ${PLACES} FOB* TD5* LDT* DTM* [QTY* UIT* MEA* LDT* DTM* REF*]] [LM* LQ*]]
    CTT`;

const MOVE = '[AT7* MS1* MS2* M7*]';
const CARRIER_STATUS = `
    B10! L11* MAN* K1* [N1* N2* N3* N4* PER* G62* L11*] MS3* G62* ${MOVE} MS1* MS2* M7* Q7* AT8*
    [LX* ${MOVE} MS1* MS2* M7* L11* MAN* Q7* K1* AT5* AT8* AT9* PO4* MEA*
      [CD3* L11* ${MOVE} NM1* Q7* AT8* MAN* [N1* N2* N3* N4* L11*]]
      [PRF* [N1* N2* N3* N4* L11*] [CD3* L11* ${MOVE} NM1* Q7* AT8* MAN*]]
      [SPO* SDQ*]]`;

export const LOGISTICS_SETS_4010: Readonly<Record<string, string>> = {
  '214': CARRIER_STATUS,
  '846': INVENTORY_ADVICE,
  '856': SHIP_NOTICE,
  '940': SHIPPING_ORDER,
  '943': STOCK_TRANSFER,
  '944': RECEIPT_ADVICE,
  '945': SHIPPING_ADVICE,
};
