/** Acknowledgements and application advice, release 004010; notation as in `sets-orders-4010.ts`. */
export const REPORT_SETS_4010: Readonly<Record<string, string>> = {
  '824': `
    BGN! CUR* [N1* N2* N3* N4* REF* PER*]
    [OTI!* REF* DTM* PER* AMT* QTY* NM1* [TED* CTX* NTE* RED*] [LM* [LQ!* RED*]]]`,
  '997': `
    AK1! [AK2*999999 [AK3*999999 AK4*99] AK5!] AK9!`,
  '999': `
    AK1! [AK2* [IK3* CTX*10 [IK4* CTX*10]] IK5!] AK9!`,
};
