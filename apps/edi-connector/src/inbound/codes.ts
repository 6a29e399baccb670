import { codeTable } from '@railhead/connector-kit/code-table';

/** Codes of X12 and what they mean to us, one table each. Release 004010. */

type PartyRole =
  'buyer' | 'seller' | 'originator' | 'billTo' | 'payer' | 'shipTo' | 'shipFrom' | 'carrier' | 'endCustomer';

/** Element 98, entity identifier. */
export const PARTY_ROLES = codeTable<string, PartyRole>({
  BY: 'buyer',
  BS: 'shipTo',
  ST: 'shipTo',
  BT: 'billTo',
  PR: 'payer',
  SE: 'seller',
  VN: 'seller',
  SU: 'seller',
  SF: 'shipFrom',
  CA: 'carrier',
  Z7: 'endCustomer',
  MA: 'endCustomer',
});

/** Element 66, whose numbering an id is. */
export const ID_SCHEMES = codeTable<string, string>({
  '1': 'DUNS',
  '9': 'DUNS+4',
  '15': 'SAN',
  '33': 'CAGE',
  '91': 'SELLER',
  '92': 'BUYER',
  UL: 'GLN',
});

/** Element 235, whose number for the goods it is. */
export const ITEM_KINDS = codeTable<string, 'seller' | 'buyer' | 'manufacturer' | 'standard' | 'lot'>({
  VP: 'seller',
  VN: 'seller',
  VC: 'seller',
  BP: 'buyer',
  IN: 'buyer',
  SK: 'buyer',
  PI: 'buyer',
  CB: 'buyer',
  MG: 'manufacturer',
  UP: 'standard',
  UK: 'standard',
  EN: 'standard',
  UA: 'standard',
  UI: 'standard',
  LT: 'lot',
});

type Purpose = 'original' | 'replace' | 'change' | 'cancel' | 'confirmation' | 'duplicate';

/**
 * Element 353, purpose of the document. A resubmission is read like an original: whether we have it is for its business key
 * to say. What says of itself that it repeats or changes an order is told apart, because a person must look where we do not
 * know that order.
 */
export const PURPOSES = codeTable<string, Purpose>({
  '00': 'original',
  '01': 'cancel',
  '04': 'change',
  '05': 'replace',
  '06': 'confirmation',
  '07': 'duplicate',
  '15': 'original',
});

/** Element 92, type of purchase order, as UNCL 1001. Others are plain orders and stay among the extras. */
export const ORDER_TYPES = codeTable<string, '220' | '221' | '226' | '227'>({
  SA: '220',
  NE: '220',
  BK: '221',
  RL: '226',
  CN: '227',
});

/** What element 639 says of a price: for how many, of which unit where not of the ordered one, and whether it was agreed. */
interface PriceBasisCode {
  readonly per?: string;
  readonly of?: string;
  readonly isContract?: true;
}

/** Element 639. Others say nothing of how a price is counted, and stay among the extras. */
export const PRICE_BASES = codeTable<string, PriceBasisCode>({
  PE: {},
  NT: {},
  UM: {},
  CT: { isContract: true },
  TE: { isContract: true },
  PN: { per: '10' },
  PD: { of: 'DZ' },
  LD: { of: 'DZ' },
  WD: { of: 'DZ' },
  TD: { of: 'DZ', isContract: true },
  HP: { per: '100' },
  LC: { per: '100' },
  QH: { per: '100' },
  WC: { per: '100' },
  TC: { per: '100', isContract: true },
  TP: { per: '1000' },
  LM: { per: '1000' },
  QS: { per: '1000' },
  WM: { per: '1000' },
  TM: { per: '1000', isContract: true },
  TT: { per: '10000' },
  HT: { per: '100000' },
  HF: { per: '100', of: 'FT' },
  TF: { per: '1000', of: 'FT' },
  PF: { of: 'FT' },
  PG: { of: 'GR' },
  PK: { of: 'KG' },
  PL: { of: 'LT' },
  PO: { of: 'OZ' },
  PP: { of: 'LB' },
  PY: { of: 'YD' },
});

/** Element 236, what a price of CTP is: what we are paid, best first. `''` where the sender does not say. */
export const BUYING_PRICES: readonly string[] = ['UCP', 'NET', 'CON', 'ACT', 'PRO', 'CAT', ''];

/** Element 236, what goods cost before anything is taken off. */
export const LIST_PRICES: ReadonlySet<string> = new Set(['LPR', 'LPP']);

/** Element 331 of SAC12: settled elsewhere, so no money of this order: billed back, paid by check, credited to an account, paid by us. */
export const SETTLED_ELSEWHERE: ReadonlySet<string> = new Set(['01', '03', '04', '05']);

/** Element 662, what a part is to its kit: in it and in its price, or added at a price of its own. Others are no parts. */
export const PARTS = codeTable<string, 'included' | 'added'>({ I: 'included', O: 'included', A: 'added' });

/** Element 333, what payment days are counted from. */
export const DUE_DATE_BASES = codeTable<string, 'ship-date' | 'delivery-date' | 'invoice-date' | 'receipt-date'>({
  '1': 'ship-date',
  '2': 'delivery-date',
  '3': 'invoice-date',
  '15': 'receipt-date',
});

/** Element 563, what may be done when not all of it is there. */
export const SALES_CONDITIONS = codeTable<string, { partialDeliveryAllowed?: boolean; backorderAllowed?: boolean }>({
  N: { backorderAllowed: false },
  Y: { backorderAllowed: true },
  SC: { partialDeliveryAllowed: false },
  SP: { partialDeliveryAllowed: true, backorderAllowed: false },
});

/** What a date of an order is for. */
export type Clock =
  'requestedFrom' | 'requestedTo' | 'requestedDespatchOn' | 'despatchFrom' | 'despatchTo' | 'cancelAfterOn';

/** Element 374, what a date is. Of two for the same clock the one that stands first here counts. */
export const DATES_IN_RANK: readonly (readonly [code: string, clock: Clock])[] = [
  ['063', 'requestedTo'],
  ['106', 'requestedTo'],
  ['002', 'requestedTo'],
  ['064', 'requestedFrom'],
  ['010', 'requestedDespatchOn'],
  ['118', 'requestedDespatchOn'],
  ['037', 'despatchFrom'],
  ['038', 'despatchTo'],
  ['001', 'cancelAfterOn'],
  ['175', 'cancelAfterOn'],
];

export const DATES = codeTable<string, Clock>(Object.fromEntries(DATES_IN_RANK));

/** Element 128, what a reference is. */
export const REFERENCES = codeTable<string, 'contract' | 'quotation' | 'blanketOrder' | 'previousOrder' | 'project'>({
  CT: 'contract',
  PR: 'quotation',
  BC: 'blanketOrder',
  PO: 'previousOrder',
  PE: 'project',
});
