import type { Flaw, PlannedOrder } from '../plan/planned-order.js';
import { interchange } from './interchange.js';

/** How far apart the control number of a copy lies from that of the order. */
const RENEWED_FROM = 400_000_000;

type Ordered = Pick<PlannedOrder, 'po' | 'control' | 'lines'>;

/** An order as an 850 of release 004010, as a partner's translator writes it. `renewed`: the same order under new control numbers. */
export function purchaseOrder(
  { po, control, lines }: Ordered,
  { sender, flaw, renewed = false }: { sender: string; flaw?: Flaw | undefined; renewed?: boolean },
): string {
  const set = [
    `BEG*00*SA*${po}**20260203`,
    'CUR*BY*USD',
    'N1*ST*Acme DC 7*92*0007',
    'N3*1 Main St',
    'N4*New York*NY*10001*US',
    ...lines.map(({ sku, quantity, price }, at) => `PO1*${at + 1}*${quantity}*EA*${price}**VP*${sku}`),
    `CTT*${lines.length}`,
  ];
  const number = renewed ? control + RENEWED_FROM : control;
  const text = interchange({ sender, control: number, functionalId: 'PO', sets: [{ code: '850', segments: set }] });
  return flaw === undefined ? text : spoilt(text, flaw);
}

/** The control number of an order's 850, or of its copy under new numbers. */
export function controlOf({ control }: Pick<PlannedOrder, 'control'>, renewed = false): number {
  return renewed ? control + RENEWED_FROM : control;
}

function spoilt(text: string, flaw: Flaw): string {
  if (flaw === 'segment-count') return text.replace(/SE\*(\d+)\*/, (_, count: string) => `SE*${Number(count) + 3}*`);
  if (flaw === 'line-count') return text.replace(/CTT\*(\d+)/, (_, count: string) => `CTT*${Number(count) + 1}`);
  return text.slice(0, text.indexOf('CTT*')); // the line broke in the middle of the sending
}
