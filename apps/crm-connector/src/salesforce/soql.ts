import { isRecordId } from './record-id.js';

const HEAD = ['Id', 'Name', 'StageName', 'IsClosed', 'IsWon', 'Amount', 'CloseDate', 'OwnerId', 'SystemModstamp'];
const ADDRESS = ['Street', 'City', 'State', 'PostalCode', 'Country'];
const ACCOUNT = [
  'Id',
  'Name',
  'AccountNumber',
  ...ADDRESS.map((part) => `Billing${part}`),
  ...ADDRESS.map((part) => `Shipping${part}`),
];
const PRODUCT = ['Product2.ProductCode', 'Product2.StockKeepingUnit', 'Product2.Name'];
const LINE = [
  'Id',
  'SortOrder',
  'Quantity',
  'UnitPrice',
  'TotalPrice',
  'Discount',
  'ServiceDate',
  'Description',
  'ProductCode',
  ...PRODUCT,
];

/**
 * Reads one deal with its account and lines, in one call.
 *
 * @param more - Fields that only some organizations have: the currency, the customer's PO number.
 */
export function dealQuery(opportunityId: string, more: readonly string[]): string {
  if (!isRecordId(opportunityId)) throw new Error('not a record id'); // it becomes part of a query
  const fields = [...new Set([...HEAD, ...more]), ...ACCOUNT.map((field) => `Account.${field}`)];
  const lines = `(SELECT ${LINE.join(', ')} FROM OpportunityLineItems ORDER BY SortOrder, Id)`;
  return `SELECT ${fields.join(', ')}, ${lines} FROM Opportunity WHERE Id = '${opportunityId}'`;
}

/** Where the poller stands within one run: rows are ordered by stamp, and by id where many share a stamp. */
export interface PollPlace {
  readonly stamp: Date;
  readonly id: string;
}

/** The next page of won deals that changed. Many rows share a stamp of whole seconds, so the id is part of the place. */
export function changedQuery(after: PollPlace, limit: number): string {
  const stamp = after.stamp.toISOString();
  const place =
    after.id === ''
      ? `SystemModstamp >= ${stamp}`
      : `(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > '${after.id}'))`;
  return `SELECT Id, SystemModstamp FROM Opportunity WHERE IsClosed = true AND IsWon = true AND ${place} ORDER BY SystemModstamp ASC, Id ASC LIMIT ${limit}`;
}
