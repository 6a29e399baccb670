/**
 * Orders and their answers, release 004010, in the order of their segments. `!` mandatory, `*` any number of times, `*12`
 * at most twelve, once otherwise. A loop stands in brackets and begins with its own first segment, which carries the
 * loop's repeat: `[N1*200 N2*2 N3*2 N4]`. A loop is called by its first segment, or by what follows a `=`:
 * `[LX*=0300 …]`. ST and SE belong to every set and are left out.
 */
/** Their place moved after 004010. */
const LEADS = '[LDT*12 QTY* MSG* REF*]';
const FUNDS = '[AMT* REF* DTM PCT* [FA1* FA2!*]]';
const NOTES = '[N9*1000 DTM* MSG*1000 PWK* EFI*]';
const SCHEDULE = '[SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 REF*]';
const PART_PARTY = '[N1*10 N2*2 N3*2 N4 NX2* REF*12 PER*3 SI*]';

/** Orders and their changes, between header and lines. */
const PARTIES = `
    [N1*200 N2*2 N3*2 N4* NX2* REF*12 PER* SI* FOB TD1*2 TD5*12 TD3*12 TD4*5 PKG*200]
    [LM* LQ!*]
    [SPI* REF*5 DTM*5 MSG*50 [N1*20 N2*2 N3*2 N4 REF*20 G61 MSG*50] [CB1* REF*20 DTM*5 LDT MSG*50]]
    [ADV* DTM* MTX*]`;

/** In the lines of an order and of its change. */
const LINE_NOTES = '[N9*1000 DTM* MEA*40 MSG*1000 PWK* EFI*]';
const LINE_LEADS = '[LS [LDT!* QTY* MSG REF*3 [LM* LQ!*]] LE!]';
const LINE_PARTY = `
      [N1*200 N2*2 N3*2 N4 QTY* NX2* REF*12 PER*3 SI* DTM FOB SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 PKG*200
        [LDT* MAN*10 QTY*5 MSG REF*3]]`;

const PURCHASE_ORDER = `
    BEG! CUR REF* PER*3 TAX* FOB* CTP* PAM*10 CSH*5 TC2* [SAC*25 CUR] ITD* DIS*20 INC DTM*10 ${LEADS} LIN*5 SI* PID*200 MEA*40
    PWK*25 PKG*200 TD1*2 TD5*12 TD3*12 TD4*5 MAN*10 PCT* CTB*5 TXI* ${LEADS} ${FUNDS} ${NOTES} ${PARTIES}
    [PO1!*100000 LIN* SI* CUR CN1 PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 IT3*5 DTM*10 TC2* TD1 TD5*12 TD3*12 TD4*5 PCT*
      MAN*10 MSG* SPI* TXI* CTB* [QTY* SI*] ${SCHEDULE} [PKG*200 MEA*] ${LINE_LEADS} ${LINE_NOTES} ${LINE_PARTY}
      [SLN*1000 MSG* SI* PID*1000 PO3*104 MEA* TC2* ADV* DTM*10 CTP*25 PAM*10 PO4 TAX*3 [N9* DTM* MSG*] [SAC*25 CUR CTP]
        [QTY* SI*] ${PART_PARTY}]
      [AMT* REF* PCT*] [LM* LQ!*]]
    [CTT AMT]
    AMT`;

/** Made of the same segments as the order, some of them in another place. */
const ORDER_CHANGE = `
    BCH! CUR REF* PER*3 TAX* FOB* CTP* PAM*10 CSH*5 TC2* [SAC*25 CUR] ITD* DIS*20 INC DTM*10 ${LEADS} LIN*5 SI* PID*200 MEA*40
    PWK*25 PKG*200 TD1*2 TD5*12 TD3*12 TD4*5 CTB* MAN*10 G53* TXI* PCT* ${LEADS} ${FUNDS} ${NOTES} ${PARTIES}
    [POC* LIN* SI* CUR CN1 PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 [PKG*200 MEA*] PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 IT3*5 DTM*10 TD1 TD5*12 TD3*12 TD4*5 MAN*10 PCT* TC2* CTB*
      TXI* SPI* MSG* [QTY* SI*] ${SCHEDULE} ${LINE_NOTES} ${LINE_LEADS} ${LINE_PARTY}
      [SLN*1000 MSG* SI* PID*1000 PO3*104 MEA* TC2* [SAC*25 CUR] DTM*10 CTP*25 PAM*10 PO4 TAX*3 ADV* [QTY* SI*]
        [N9* DTM* MSG*] ${PART_PARTY}]
      [AMT* REF* PCT*] [LM* LQ!*]]
    [CTT AMT*5]
    AMT`;

/** The header of both answers, up to where they part. */
const ANSWER = `
    CUR REF* PER*3 TAX* FOB* CTP* PAM*10 CSH*5 [SAC*25 CUR] ITD*5 DIS*20 INC DTM*10 [LDT* QTY* MSG*] LIN*5 SI* PID*200
    MEA*40 PWK*25 PKG*25 TD1*2 TD5*12 TD3*12 TD4*5`;
const ANSWER_PARTIES = `
    [N1*200 N2*2 N3*2 N4 NX2* REF*12 PER* SI* FOB TD1*2 TD5*12 TD3*12 TD4*5 PKG*200 MSG*] [AMT* PCT*]`;
const ANSWER_PART = `
      [SLN*1000 MSG* SI* PID*1000 PO3*104 MEA* CTP*25 PAM*10 ACK*104 [SAC*25 CUR] DTM*10 PO4 TAX*3 ADV* [QTY* SI*]
        [N9* DTM* MSG*] ${PART_PARTY}]
      [AMT* REF PCT*] [LM* LQ!*] [PD* PDD*]`;

const ACKNOWLEDGMENT = `
    BAK! ${ANSWER} MAN*10 PCT* TXI* CTB* ${NOTES} ${ANSWER_PARTIES} [LM* LQ!*] [ADV* DTM* MTX*]
    [PO1*100000 LIN* SI* CUR PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 DTM*10 LDT* TD1 TD5*12 TD3*12 TD4*5 PCT* [ACK*104 DTM]
      MAN*10 MSG* SPI* [AMT* REF PCT*] CTB* TXI* [QTY* SI*] [PKG*200 MEA*] ${SCHEDULE} ${NOTES}
      [N1*200 N2*2 N3*2 N4 NX2* REF*12 PER*3 SI* DTM FOB SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 QTY* PKG*25
        [LDT* MAN*10 QTY*5 MSG]]
      ${ANSWER_PART}]
    [CTT AMT]
    AMT`;

const CHANGE_ACKNOWLEDGMENT = `
    BCA! ${ANSWER} PCT* MAN*10 TXI* CTB* G53* [LDT* QTY* MSG*] ${NOTES} ${ANSWER_PARTIES} [ADV* DTM* MTX*] [LM* LQ!*]
    [POC* LIN* SI* CUR PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 [PKG*200 MEA*] PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 DTM*10 TD1 TD5*12 TD3*12 TD4*5 TXI* PCT* [ACK*104 DTM]
      MAN*10 SPI* MSG* CTB* [LM* LQ!*] [AMT* REF PCT*] [QTY* SI*] ${SCHEDULE} [LDT* QTY* MSG [LM* LQ!*]]
      ${NOTES}
      [N1*200 N2*2 N3*2 N4 QTY* NX2* REF*12 PER*3 SI* DTM FOB SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 PKG*25
        [LDT* MAN*10 QTY*5 MSG]]
      ${ANSWER_PART}]
    [CTT AMT*5]
    AMT`;

export const ORDER_SETS_4010: Readonly<Record<string, string>> = {
  '850': PURCHASE_ORDER,
  '855': ACKNOWLEDGMENT,
  '860': ORDER_CHANGE,
  '865': CHANGE_ACKNOWLEDGMENT,
};
