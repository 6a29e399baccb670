/** Where documents that came in are kept, byte for byte, by door. Those that became orders or copies of orders are left out. */
const KEPT = [
  `SELECT body AS bytes FROM gateway.documents WHERE kind = 'order' AND outcome = 'rejected'`,
  `SELECT bytes FROM edi_connector.documents WHERE outcome NOT IN ('captured', 'duplicate') AND bytes IS NOT NULL`,
  `SELECT bytes FROM commerce_connector.documents WHERE outcome NOT IN ('captured', 'duplicate')`,
  `SELECT convert_to(text, 'UTF8') AS bytes FROM crm_connector.messages`,
];

/** Of every malformed document that was refused the bytes are kept. `markOf` names a text that stands in an order's document. */
export async function documentsKept(tables, plan, markOf) {
  const malformed = plan.filter(({ intent }) => intent === 'malformed');
  if (malformed.length === 0) return [];
  const texts = [];
  for (const sql of KEPT) for (const { bytes } of await tables.rows(sql)) texts.push(bytes.toString('latin1'));
  const all = texts.join('\n');
  return malformed
    .filter((order) => !all.includes(markOf(order)))
    .map(({ po, channel }) => `raw: the malformed document of ${po} by ${channel} is not kept`);
}
