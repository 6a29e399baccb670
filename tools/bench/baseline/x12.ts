import { createHash } from 'node:crypto';
import type { OrderMessage } from './messages.js';

/** Reads 850s by splitting the text, as most home-made parsers do. */
export function ordersOf(text: string): OrderMessage[] {
  const orders: OrderMessage[] = [];
  let accountId = '';
  let order: OrderMessage | undefined;
  for (const raw of text.split('~')) {
    const segment = raw.trim().split('*');
    switch (segment[0]) {
      case 'ISA':
        accountId = segment[6]!.trim();
        break;
      case 'BEG':
        order = {
          id: idOf(`${accountId}|${segment[3]}`),
          accountId,
          poNumber: segment[3]!,
          currency: 'USD',
          issuedOn: segment[5]!.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'),
          shipTo: { name: '', line: '', city: '', state: '', zip: '', country: '' },
          lines: [],
        };
        orders.push(order);
        break;
      case 'CUR':
        order!.currency = segment[2]!;
        break;
      case 'N1':
        order!.shipTo.name = segment[2]!;
        break;
      case 'N3':
        order!.shipTo.line = segment[1]!;
        break;
      case 'N4':
        Object.assign(order!.shipTo, { city: segment[1], state: segment[2], zip: segment[3], country: segment[4] });
        break;
      case 'PO1':
        order!.lines.push({
          lineNumber: Number(segment[1]),
          sku: segment[7]!,
          description: '',
          quantity: Number(segment[2]),
          unitPrice: segment[4]!,
        });
        break;
      case 'PID':
        order!.lines.at(-1)!.description = segment[5]!;
        break;
    }
  }
  return orders;
}

function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
