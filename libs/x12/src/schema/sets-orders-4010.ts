/**
 * Orders and their answers, release 004010, in the order of their segments. `!` mandatory, `*` any number of times, `*12`
 * at most twelve, once otherwise. A loop stands in brackets and begins with its own first segment, which carries the
 * loop's repeat: `[N1*200 N2*2 N3*2 N4]`. A loop is called by its first segment, or by what follows a `=`:
 * `[LX*=0300 …]`. ST and SE belong to every set and are left out.
 */
const PURCHASE_ORDER = `
    BEG! CUR REF* PER*3 TAX* FOB* CTP* PAM*10 CSH*5 TC2* [SAC*25 CUR] ITD* DIS*20 INC DTM*10 LDT*12 LIN*5 SI* PID*200 MEA*40
    PWK*25 PKG*200 TD1*2 TD5*12 TD3*12 TD4*5 MAN*10 PCT* CTB*5 TXI* [LDT*12 QTY* MSG* REF*]
    [AMT* REF* DTM PCT* [FA1* FA2!*]]
    [N9*1000 DTM* MSG*1000 PWK* EFI*]
    [N1*200 N2*2 N3*2 N4* NX2* REF*12 PER* SI* FOB TD1*2 TD5*12 TD3*12 TD4*5 PKG*200]
    [LM* LQ!*]
    [SPI* REF*5 DTM*5 MSG*50 [N1*20 N2*2 N3*2 N4 REF*20 G61 MSG*50] [CB1* REF*20 DTM*5 LDT MSG*50]]
    [ADV* DTM* MTX*]
    [PO1!*100000 LIN* SI* CUR CN1 PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 IT3*5 DTM*10 TC2* TD1 TD5*12 TD3*12 TD4*5 PCT*
      MAN*10 MSG* SPI* TXI* CTB* [QTY* SI*] [SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 REF*] [PKG*200 MEA*]
      [LS [LDT!* QTY* MSG REF*3 [LM* LQ!*]] LE]
      [N9*1000 DTM* MEA*40 MSG*1000 PWK* EFI*]
      [N1*200 N2*2 N3*2 N4 QTY* NX2* REF*12 PER*3 SI* DTM FOB SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 PKG*200
        [LDT* MAN*10 QTY*5 MSG REF*3]]
      [SLN*1000 MSG* SI* PID*1000 PO3*104 MEA* TC2* ADV* DTM*10 CTP*25 PAM*10 PO4 TAX*3 [N9* DTM* MSG*] [SAC*25 CUR CTP] [QTY* SI*]
        [N1*10 N2*2 N3*2 N4 NX2* REF*12 PER*3 SI*]]
      [AMT* REF* PCT*] [LM* LQ!*]]
    [CTT AMT]
    AMT`;

const ACKNOWLEDGMENT = `
    BAK! CUR REF* PER*3 TAX* FOB* CTP* PAM*10 CSH*5 [SAC*25 CUR] ITD*5 DIS*20 INC DTM*10 [LDT* QTY* MSG*] LIN*5 SI* PID*200
    MEA*40 PWK*25 PKG*25 TD1*2 TD5*12 TD3*12 TD4*5 MAN*10 PCT* TXI* CTB* [N9*1000 DTM* MSG*1000 PWK* EFI*] [N1*200 N2*2 N3*2 N4 NX2* REF*12 PER* SI* FOB
    TD1*2 TD5*12 TD3*12 TD4*5 PKG*200 MSG*] [AMT* PCT*] [LM* LQ!*] [ADV* DTM* MTX*]
    [PO1*100000 LIN* SI* CUR PO3*25 [CTP* CUR] PAM*10 MEA*40 [PID*1000 MEA*10] PWK*25 [PKG*200 MEA*] PO4* REF* PER*3
      [SAC*25 CUR CTP] IT8*25 CSH* ITD*2 DIS*20 INC TAX* FOB* SDQ*500 DTM*10 TD1 TD5*12 TD3*12 TD4*5 PCT* MAN*10 MSG* SPI* TXI* CTB*
      [QTY* SI*] [ACK*104 DTM] [LDT* QTY* MSG [LM* LQ!*]] [SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 REF*] [N9*1000 DTM* MSG*1000 PWK* EFI*]
      [N1*200 N2*2 N3*2 N4 NX2* REF*12 PER*3 SI* DTM FOB SCH*200 TD1*2 TD5*12 TD3*12 TD4*5 QTY* PKG*25
        [LDT* MAN*10 QTY*5 MSG]]
      [SLN*1000 MSG* SI* PID*1000 PO3*104 MEA* CTP*25 PAM*10 ACK*104 DTM*10 PO4 TAX*3 ADV* [SAC*25 CUR CTP] [QTY* SI*] [N9* DTM* MSG*]
        [N1*10 N2*2 N3*2 N4 NX2* REF*12 PER*3 SI*]]
      [AMT* REF PCT*] [LM* LQ!*] [PD* PDD*]]
    [CTT AMT]
    AMT`;

/** A change has the build of what it changes, with its own first segment and lines of POC, of which there may be none. */
function change(text: string, head: string): string {
  return text
    .replace(/\b(BEG|BAK)!/, `${head}!`)
    .replace(/\[PO1!?\*100000/, '[POC*')
    .replace(/CTB\*5?/, 'G53* CTB*')
    .replace('[CTT AMT]', '[CTT AMT*5]');
}

export const ORDER_SETS_4010: Readonly<Record<string, string>> = {
  '850': PURCHASE_ORDER,
  '855': ACKNOWLEDGMENT,
  '860': change(PURCHASE_ORDER, 'BCH'),
  '865': change(ACKNOWLEDGMENT, 'BCA'),
};
