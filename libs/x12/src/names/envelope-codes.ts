/** Codes of the envelope and of payments, in the notation of `code-names.ts`. `I13` to `I18` are elements of ISA and TA1. */
export const ENVELOPE_CODES = `
I13 0=no; 1=yes; 2=if it is refused; 3=if anything is wrong
I14 P=production; T=test; I=information
I17 A=accepted; E=accepted with errors; R=rejected
I18 000=no error; 001=ISA13 and IEA02 differ; 002=standard not supported; 003=version not supported; 004=bad segment terminator; 005=bad qualifier of the sender; 006=bad id of the sender; 007=bad qualifier of the receiver; 008=bad id of the receiver; 009=unknown receiver; 010=bad authorization kind; 011=bad authorization; 012=bad security kind; 013=bad security; 014=bad date; 015=bad time; 016=bad standard; 017=bad version; 018=bad control number; 019=bad ISA14; 020=bad usage (ISA15); 021=IEA01 wrong; 022=bad structure; 023=ends too soon; 024=bad content, e.g. of a GS; 025=control number used before; 026=bad element separator; 027=bad component separator
426 01=pricing error; 03=extension error; 04=damaged; 05=quality; 06=quantity contested; 07=wrong product; 08=substitute; 09=terms of sale; 11=returned, damaged; 13=returned, quality
481 1=this payment; 3=payment and remittance apart
482 AJ=adjustment; PA=payment in advance; PI=pays the item; PO=on account; PP=part payment
506 01=ABA routing number
569 DA=demand account; SG=savings
812 CCD=cash concentration; CTX=corporate trade exchange; PPD=prearranged
1065 1=person; 2=organization
187 G=gross; N=net
623 ET=Eastern; CT=Central; MT=Mountain; PT=Pacific; UT=UTC; LT=local
662 A=added; D=deleted; I=included; O=for information; S=substituted
`;
