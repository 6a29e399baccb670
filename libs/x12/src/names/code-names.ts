import { ENVELOPE_CODES } from './envelope-codes.js';
import { MORE_CODES } from './logistics-codes.js';

/** Meanings of codes by data element, in our own words: `element code=meaning; code=meaning`. The common ones, not all. */
const CODES = `
92 SA=stand-alone; NE=new; DS=drop-ship; KN=purchase order; RL=release; BK=blanket; RE=reorder; RO=rush; CN=consigned; SS=supply or service; WO=warranty
98 ST=ship-to; BT=bill-to; BY=buyer; SE=seller; VN=vendor; SU=supplier; SF=ship-from; RI=remit-to; RE=remit-to; Z7=mark-for; SN=store; LW=customer; BS=bill and ship to; PR=payer; PE=payee; WH=warehouse; DE=depositor; CA=carrier; SH=shipper; CN=consignee; MA=marking; AK=acknowledged party
66 1=DUNS; 9=DUNS+4; 91=assigned by seller; 92=assigned by buyer; UL=GLN; 15=SAN; 33=CAGE; 2=SCAC; ZZ=mutually defined; FI=tax id
128 EV=receiver; DP=department; IA=vendor's number; VR=vendor id; CO=customer's order; OQ=order; PO=purchase order; CT=contract; MR=merchandise kind; PD=promotion; IL=internal order; LI=line; BM=bill of lading; CN=carrier's number; 2I=tracking; SI=shipper's number; IV=invoice; CM=credit memo; VN=vendor's order; ZZ=mutually defined
143 850=purchase order; 855=order acknowledgment; 856=ship notice; 860=order change; 865=change acknowledgment; 810=invoice; 820=payment; 824=application advice; 214=shipment status; 846=inventory; 940=warehouse order; 943=stock transfer; 944=warehouse receipt; 945=warehouse shipment; 997=functional acknowledgment; 999=implementation acknowledgment
235 UP=UPC; UK=GTIN-14; EN=EAN-13; UA=case UPC; UI=case UPC; VP=vendor's part; VN=vendor's item; VC=vendor's catalogue; IN=buyer's item; BP=buyer's part; SK=SKU; PI=purchaser's item; CB=buyer's catalogue; MG=manufacturer's part; IB=ISBN; LT=lot; IZ=size; ZZ=mutually defined
248 A=allowance; C=charge; N=neither; P=promotion; S=service; Q=charge request; R=allowance request
305 C=payment and advice; D=payment only; I=advice only; U=payment split from advice
333 1=shipment; 2=delivery; 3=invoice date; 15=receipt of goods
336 01=basic; 02=end of month; 05=no discount; 08=discount offered; 14=agreed before
353 00=original; 01=cancel; 04=change; 05=replace; 06=confirm; 07=duplicate; 15=resubmit
355 EA=each; CA=case; BX=box; CS=case; DZ=dozen; LB=pound; KG=kilogram; PK=pack; PR=pair; FT=foot; CT=carton; PC=piece
365 TE=telephone; EM=e-mail; FX=fax
366 BD=buyer's department; OC=order contact; IC=information contact; SU=supplier contact; DC=delivery contact
374 097=made; 036=expires; 001=cancel after; 002=delivery wanted; 003=invoice; 004=order; 007=effective; 010=ship wanted; 011=shipped; 017=delivery estimated; 018=available; 037=ship not before; 038=ship no later; 063=deliver not after; 064=deliver not before; 067=delivered on schedule; 068=ships on schedule; 069=delivery promised; 079=ship promised; 106=required by; 118=pick-up wanted; 175=cancel if not shipped by
478 C=credit; D=debit
479 PO=850; PC=860; PR=855; CA=865; SH=856; IN=810; RA=820; QM=214; IB=846; OW=940; SW=945; RE=944; AR=943; AG=824; FA=997 or 999
587 AC=with detail and change; AD=with detail, no change; AE=exceptions only; AK=no detail; AP=product replenishment; AT=accepted; RD=rejected with detail; RF=rejected; RJ=rejected
591 ACH=bank transfer (ACH); CHK=cheque; FWT=wire transfer; NON=no payment
639 PE=each; TE=contract price; NT=net; PP=per pound; CA=catalogue; LE=catalogue each; QT=quoted; UM=per unit
640 CR=credit memo; CN=credit; DI=debit invoice; DR=debit memo
668 IA=accepted; IB=back-ordered; IC=accepted with changes; ID=deleted; IP=other price; IQ=other quantity; IR=rejected; IS=substituted; BP=part now, rest back-ordered; DR=other date; AC=accepted and shipped; CP=shipped and complete
670 AI=add; CA=change; DI=delete; QD=fewer; QI=more; PC=price; PQ=price and quantity; PR=price; RS=reschedule; CT=dates; RZ=replace; NC=no change
715 A=accepted; E=accepted with errors; P=accepted in part; R=rejected; M=rejected, bad authentication; W=rejected, bad seal; X=rejected, cannot be decrypted
716 1=group not supported; 2=version not supported; 3=GE missing; 4=GS06 and GE02 differ; 5=GE01 wrong; 6=bad or repeated control number
717 A=accepted; E=accepted with errors; R=rejected; M=rejected, bad authentication; W=rejected, bad seal; X=rejected, cannot be decrypted
718 1=set not supported; 2=SE missing; 3=ST02 and SE02 differ; 4=SE01 wrong; 5=segments in error; 6=bad set code; 7=bad control number; 23=control number repeated
720 1=unrecognised; 2=unexpected; 3=missing; 4=loop too often; 5=too often; 6=not in this set; 7=out of order; 8=elements in error
723 1=missing; 2=missing under its condition; 3=too many elements; 4=too short; 5=too long; 6=bad character; 7=bad code; 8=bad date; 9=bad time; 10=excluded; 12=too many repetitions; 13=too many components
`;

const MEANINGS: ReadonlyMap<string, string> = new Map(
  (CODES.trimEnd() + MORE_CODES.trimEnd() + ENVELOPE_CODES)
    .trim()
    .split('\n')
    .flatMap((line) => {
      const element = line.slice(0, line.indexOf(' '));
      return line
        .slice(element.length + 1)
        .split('; ')
        .map((pair): [string, string] => [
          `${element} ${pair.slice(0, pair.indexOf('='))}`,
          pair.slice(pair.indexOf('=') + 1),
        ]);
    }),
);

/** What a code of a data element means, in a few words of our own; `undefined` for codes we have no words for. */
export function codeName(dataElement: string, code: string): string | undefined {
  return MEANINGS.get(`${dataElement} ${code}`);
}
