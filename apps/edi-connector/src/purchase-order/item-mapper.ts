import type { OrderItem } from '@railhead/contracts';
import { element, type Loop, type Segment } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import type { FieldTrail } from './field-trail.js';
import { fitting } from './x12-values.js';

const FIRST_PAIR = 6;
const LAST_PAIR = 24;

/** Which goods a PO1 means: its pairs of qualifier and number, and the description below it. */
export function itemOf(loop: Loop, field: string, trail: FieldTrail, partner: PartnerProfile): OrderItem {
  const item: { -readonly [Key in keyof OrderItem]: OrderItem[Key] } = {};
  const others: { scheme: string; value: string }[] = [];
  for (let at = FIRST_PAIR; at <= LAST_PAIR; at += 2) {
    const qualifier = trail.read(loop.head, at);
    if (qualifier === undefined || element(loop.head, at + 1) === undefined) continue;
    const name = fieldFor(qualifier, partner);
    if (name === undefined || item[name] !== undefined) {
      const value = trail.take(`${field}/classifications/${others.length}/value`, loop.head, at + 1);
      if (value !== undefined && others.length < 10) others.push({ scheme: qualifier, value });
    } else item[name] = trail.take(`${field}/${name}`, loop.head, at + 1);
  }
  if (others.length > 0) item.classifications = others;
  return { ...item, ...descriptionOf(loop.body, field, trail) };
}

type NumberField = 'sellersItemId' | 'buyersItemId' | 'standardItemId' | 'manufacturersItemId' | 'lot';

function fieldFor(qualifier: string, { itemQualifiers }: PartnerProfile): NumberField | undefined {
  if (itemQualifiers.seller.includes(qualifier)) return 'sellersItemId';
  if (itemQualifiers.buyer.includes(qualifier)) return 'buyersItemId';
  if (itemQualifiers.standard.includes(qualifier)) return 'standardItemId';
  if (itemQualifiers.manufacturer.includes(qualifier)) return 'manufacturersItemId';
  return qualifier === 'LT' ? 'lot' : undefined;
}

function descriptionOf(body: readonly Segment[], field: string, trail: FieldTrail): Pick<OrderItem, 'name' | 'description'> {
  const [first, ...more] = body.filter((segment) => segment.id === 'PID');
  const name = fitting(trail.take(`${field}/name`, first, 5), 200);
  const description = fitting(more.map((segment) => trail.take(`${field}/description`, segment, 5)).filter(Boolean).join('\n'), 1000);
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
