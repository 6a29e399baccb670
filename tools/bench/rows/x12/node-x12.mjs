// Contestant: node-x12, and by hand what it leaves to its user: the way from segments to an order, which the same
// canonical schema checks. It checks no syntax, keeps no trail of fields and makes no acknowledgement.
import { completeOrder } from '@railhead/contracts';
import { X12Parser } from 'node-x12';
import { answerQuestions } from '../../contestant.mjs';
import { interchangeOf, PARTNER, singleOrder } from './interchanges.mjs';

const MB = 2 ** 20;
let documents = [];

const valueOf = (segment, position) => segment.elements[position - 1]?.value ?? '';

function toDraft({ segments }) {
  const first = (tag) => segments.find((segment) => segment.tag === tag);
  const [beg, n1, n3, n4] = [first('BEG'), first('N1'), first('N3'), first('N4')];
  return {
    channel: 'edi',
    purchaseOrderNumber: valueOf(beg, 3),
    issuedOn: valueOf(beg, 5).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'),
    currency: valueOf(first('CUR'), 2),
    parties: [
      { role: 'buyer', accountId: PARTNER.accountId },
      {
        role: 'shipTo',
        name: valueOf(n1, 2),
        postalAddress: {
          lines: [valueOf(n3, 1)],
          city: valueOf(n4, 1),
          subdivision: valueOf(n4, 2),
          postalCode: valueOf(n4, 3),
          country: valueOf(n4, 4),
        },
      },
    ],
    lines: linesOf(segments),
    provenance: {
      system: 'x12',
      documentType: '850',
      documentId: valueOf(beg, 3),
      receivedAt: '2026-02-03T10:15:00.000Z',
      rawSha256: '0'.repeat(64),
      mapping: 'bench@1',
      fields: {},
    },
  };
}

function linesOf(segments) {
  const lines = [];
  for (const segment of segments) {
    if (segment.tag === 'PO1')
      lines.push({
        lineId: String(lines.length + 1),
        buyerLineId: valueOf(segment, 1),
        item: { sellersItemId: valueOf(segment, 7), standardItemId: valueOf(segment, 9) },
        quantity: { value: valueOf(segment, 2), unitCode: valueOf(segment, 3) },
        price: { amount: valueOf(segment, 4) },
      });
    if (segment.tag === 'PID') lines.at(-1).item.name = valueOf(segment, 5);
  }
  return lines;
}

function readAll() {
  let orders = 0;
  for (const bytes of documents) {
    const interchange = new X12Parser(true).parse(bytes.toString());
    for (const group of interchange.functionalGroups)
      for (const set of group.transactions) {
        const completed = completeOrder(toDraft(set));
        if (!completed.ok) throw new Error(`no order: ${JSON.stringify(completed.issues)}`);
        orders += 1;
      }
  }
  return orders;
}

answerQuestions({
  start: () => ({}),
  large: ({ megabytes }) => {
    documents = [Buffer.concat([...interchangeOf(megabytes * MB)])];
    return { bytes: documents[0].length };
  },
  single: ({ count }) => {
    documents = Array.from({ length: count }, (_, index) => singleOrder(index));
    return { bytes: documents[0].length };
  },
  run: () => ({ units: readAll() }),
  stop: () => void setTimeout(() => process.exit(0), 50),
});
