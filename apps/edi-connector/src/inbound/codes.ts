/** Codes of X12 and what they mean to us, one table each. Release 004010. */

type PartyRole =
  'buyer' | 'seller' | 'originator' | 'billTo' | 'payer' | 'shipTo' | 'shipFrom' | 'carrier' | 'endCustomer';

/** Element 98, entity identifier. */
export const PARTY_ROLES: Readonly<Record<string, PartyRole>> = {
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
};

/** Element 66, whose numbering an id is. */
export const ID_SCHEMES: Readonly<Record<string, string>> = {
  '1': 'DUNS',
  '9': 'DUNS+4',
  '15': 'SAN',
  '33': 'CAGE',
  '91': 'SELLER',
  '92': 'BUYER',
  UL: 'GLN',
};

/** Element 235, whose number for the goods it is. */
export const ITEM_KINDS: Readonly<Record<string, 'seller' | 'buyer' | 'manufacturer' | 'standard' | 'lot'>> = {
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
};

/**
 * Element 353, purpose of the document. Confirmation, duplicate and resubmission repeat an order; whether we have it
 * already is for its business key to say, so they are read like an original.
 */
export const PURPOSES: Readonly<Record<string, 'original' | 'replace' | 'cancel'>> = {
  '00': 'original',
  '06': 'original',
  '07': 'original',
  '15': 'original',
  '04': 'replace',
  '05': 'replace',
  '01': 'cancel',
};

/** Element 92, type of purchase order, as UNCL 1001. */
export const ORDER_TYPES: Readonly<Record<string, '220' | '221' | '226' | '227'>> = { BK: '221', RL: '226', CN: '227' };

/** Element 639, for how many units a price is. */
export const PRICE_BASES: Readonly<Record<string, string>> = { HP: '100', TP: '1000' };

/** Element 333, what payment days are counted from. */
export const DUE_DATE_BASES: Readonly<Record<string, 'ship-date' | 'delivery-date' | 'invoice-date' | 'receipt-date'>> =
  {
    '1': 'ship-date',
    '2': 'delivery-date',
    '3': 'invoice-date',
    '15': 'receipt-date',
  };

/** Element 563, what may be done when not all of it is there. */
export const SALES_CONDITIONS: Readonly<
  Record<string, { partialDeliveryAllowed?: boolean; backorderAllowed?: boolean }>
> = {
  N: { backorderAllowed: false },
  Y: { backorderAllowed: true },
  SC: { partialDeliveryAllowed: false },
  SP: { partialDeliveryAllowed: true, backorderAllowed: false },
};

/** Element 374, what a date is. */
export const DATES: Readonly<
  Record<string, 'requestedFrom' | 'requestedTo' | 'requestedDespatchOn' | 'cancelAfterOn'>
> = {
  '002': 'requestedTo',
  '064': 'requestedFrom',
  '063': 'requestedTo',
  '106': 'requestedTo',
  '010': 'requestedDespatchOn',
  '037': 'requestedDespatchOn',
  '001': 'cancelAfterOn',
};

/** Element 128, what a reference is. */
export const REFERENCES: Readonly<
  Record<string, 'contract' | 'quotation' | 'blanketOrder' | 'previousOrder' | 'project'>
> = {
  CT: 'contract',
  PR: 'quotation',
  BC: 'blanketOrder',
  PO: 'previousOrder',
  PE: 'project',
};
