import type { OrderDraft } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import type { FieldTrail } from './field-trail.js';
import { deliveryOf, deliveryTermsOf, paymentTermsOf } from './terms-mapper.js';
import { fitting, isoDate } from './x12-values.js';

/** BEG01. A duplicate (07) or resubmission (15) is the order itself once more: the same content is then known. */
const PURPOSES: Readonly<Record<string, 'original' | 'cancel' | 'change' | 'replace' | 'confirmation'>> = {
  '00': 'original',
  '01': 'cancel',
  '04': 'change',
  '05': 'replace',
  '06': 'confirmation',
  '07': 'original',
  '15': 'original',
};
/** BEG02 to UNTDID 1001. */
const ORDER_TYPES: Readonly<Record<string, '220' | '221' | '226' | '227'>> = { BK: '221', RL: '226', CN: '227' };
/** CSH01: may we send a part, may we send the rest later? */
const SALES_CONDITIONS: Readonly<Record<string, Pick<OrderDraft, 'partialDeliveryAllowed' | 'backorderAllowed'>>> = {
  N: { backorderAllowed: false },
  Y: { backorderAllowed: true },
  SC: { partialDeliveryAllowed: false },
  SP: { partialDeliveryAllowed: true, backorderAllowed: false },
};

type HeaderFields = Omit<OrderDraft, 'channel' | 'parties' | 'lines' | 'provenance' | 'purpose'>;

export interface Header extends HeaderFields {
  readonly purpose: 'original' | 'cancel' | 'change' | 'replace' | 'confirmation';
  /** PER of the header: whom to ask at the buyer. */
  readonly contact: Segment | undefined;
}

/** What stands before the first line, but parties and amounts. */
export function headerOf(head: readonly Segment[], partner: PartnerProfile, trail: FieldTrail): Header {
  const first = (id: string): Segment | undefined => head.find((segment) => segment.id === id);
  const firstParty = head.findIndex(({ id }) => id === 'N1' || id === 'N9');
  const top = firstParty === -1 ? head : head.slice(0, firstParty);
  const beg = first('BEG');
  const release = trail.take('/release', beg, 4);
  const purposeCode = trail.take('/purpose', beg, 1) ?? '00';
  const paymentTerms = paymentTermsOf(first('ITD'), trail);
  const deliveryTerms = deliveryTermsOf(first('FOB'), trail);
  return {
    purchaseOrderNumber: trail.take('/purchaseOrderNumber', beg, 3) ?? '',
    ...(release !== undefined && { release }),
    purpose: PURPOSES[purposeCode] ?? 'original',
    orderTypeCode: ORDER_TYPES[trail.take('/orderTypeCode', beg, 2) ?? ''] ?? '220',
    issuedOn: isoDate(trail.take('/issuedOn', beg, 5)) ?? '',
    currency: trail.take('/currency', first('CUR'), 2) ?? partner.currency,
    ...referencesOf(top, beg, trail),
    ...salesConditions(first('CSH'), partner, trail),
    ...deliveryOf(top.filter(({ id }) => id === 'DTM'), first('TD5'), trail),
    ...(paymentTerms !== undefined && { paymentTerms }),
    ...(deliveryTerms !== undefined && { deliveryTerms }),
    notes: notesOf(head, trail),
    contact: top.find(({ id }) => id === 'PER'),
    extras: purposeCode === '00' ? {} : { BEG01: purposeCode },
  };
}

function salesConditions(csh: Segment | undefined, partner: PartnerProfile, trail: FieldTrail): Pick<OrderDraft, 'partialDeliveryAllowed' | 'backorderAllowed'> {
  const { partialDeliveryAllowed, backorderAllowed } = partner;
  const wanted = csh === undefined ? undefined : SALES_CONDITIONS[trail.peek(csh, 1) ?? ''];
  if (csh !== undefined && wanted !== undefined) trail.mark('/partialDeliveryAllowed', csh);
  return {
    ...(partialDeliveryAllowed !== undefined && { partialDeliveryAllowed }),
    ...(backorderAllowed !== undefined && { backorderAllowed }),
    ...wanted,
  };
}

function referencesOf(top: readonly Segment[], beg: Segment | undefined, trail: FieldTrail): Pick<OrderDraft, 'references' | 'customerReference'> {
  const references: NonNullable<OrderDraft['references']>[number][] = [];
  const contract = fitting(trail.take('/references/0/id', beg, 6), 80);
  if (contract !== undefined) references.push({ type: 'contract', id: contract });
  let customerReference: string | undefined;
  for (const segment of top.filter(({ id }) => id === 'REF').slice(0, 199)) {
    const qualifier = trail.read(segment, 1);
    const field = qualifier === 'CO' && customerReference === undefined ? '/customerReference' : `/references/${references.length}/id`;
    const id = fitting(trail.take(field, segment, 2) ?? trail.take(field, segment, 3), 80);
    if (id === undefined) continue;
    if (field === '/customerReference') customerReference = id;
    else references.push({ type: qualifier === 'CT' ? 'contract' : 'other', id, ...(qualifier !== undefined && { qualifier }) });
  }
  return { references, ...(customerReference !== undefined && { customerReference }) };
}

function notesOf(head: readonly Segment[], trail: FieldTrail): NonNullable<OrderDraft['notes']> {
  const messages = head.filter(({ id }) => id === 'MSG' || id === 'MTX').slice(0, 200);
  return messages.flatMap((segment, index) => {
    const text = trail.take(`/notes/${index}/text`, segment, segment.id === 'MSG' ? 1 : 2);
    return text === undefined ? [] : [{ text }];
  });
}
