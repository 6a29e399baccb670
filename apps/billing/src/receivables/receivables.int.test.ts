import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  InvoiceIssued,
  InvoicePaid,
  OrderSettled,
  PaymentApplied,
  PaymentUnmatched,
  TaskOpened,
  type CanonicalOrder,
} from '@railhead/contracts';
import { aLine, anOrder } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { LedgerStore } from '../ledger/store/ledger.store.js';
import { billingUnderTest, type BillingUnderTest } from '../testing/billing-under-test.js';

let test: BillingUnderTest;
beforeAll(async () => {
  test = await billingUnderTest();
});
afterAll(() => test.stop());

async function invoiced(order: CanonicalOrder, quantity = '12'): Promise<string> {
  await test.validate(order);
  await test.dispatch(order, randomUUID(), { '1': quantity });
  const [invoice] = await test.until(InvoiceIssued, 1, order.orderId);
  return invoice!.data.invoiceNumber;
}

const nextNumber = async (ahead = 1): Promise<string> => {
  const [row] = await test.rows<{ last: string }>('SELECT last FROM invoice_counter');
  return `INV-${String(Number(row!.last) + ahead).padStart(8, '0')}`;
};
const types = (subject: string): string[] =>
  test
    .heard()
    .filter((event) => event.subject === subject)
    .map((event) => event.type);

/** The books agree with each other: zero in all, receivable is what is open, unapplied is what is on account. */
async function booksAgree(): Promise<void> {
  const [books] = await test.rows<{
    sum: string;
    receivable: string;
    open: string;
    unapplied: string;
    account: string;
  }>(`
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM ledger) AS sum,
           (SELECT coalesce(sum(amount_minor), 0) FROM ledger WHERE account = 'receivable') AS receivable,
           (SELECT coalesce(sum(open_minor), 0) FROM invoices) AS open,
           (SELECT coalesce(-sum(amount_minor), 0) FROM ledger WHERE account = 'unapplied') AS unapplied,
           (SELECT coalesce(sum(unapplied_minor), 0) FROM payments) AS account`);
  expect(books).toEqual({
    sum: '0',
    receivable: books!.open,
    open: books!.open,
    unapplied: books!.account,
    account: books!.account,
  });
}

describe('money for an invoice', () => {
  it('pays it, and settles the order when nothing is left to ship', async () => {
    const order = anOrder();
    const number = await invoiced(order);
    await test.fulfil(order, 1);
    await test.idle();
    await test.pay(4500, { [number]: 4500 });
    const [settled] = await test.until(OrderSettled, 1, order.orderId);
    expect(settled).toMatchObject({
      correlationId: order.orderId,
      data: { accountId: 'ACME', invoiced: { minor: 4500 }, paid: { minor: 4500 } },
    });
    expect(types(order.orderId).sort()).toEqual([
      'invoice.issued.v1',
      'invoice.paid.v1',
      'order.settled.v1',
      'payment.applied.v1',
    ]);
    await booksAgree();
  });

  it('settles the order when the last shipment is known only after the money came', async () => {
    const order = anOrder();
    await test.pay(4500, { [await invoiced(order)]: 4500 });
    await test.until(InvoicePaid, 1, order.orderId);
    expect(types(order.orderId)).not.toContain('order.settled.v1');
    await test.fulfil(order, 1);
    await test.fulfil(order, 1);
    await test.until(OrderSettled, 1, order.orderId);
    await test.idle();
    expect(types(order.orderId).filter((type) => type === 'order.settled.v1')).toHaveLength(1);
  });

  it('does not settle an order of which a shipment is not invoiced yet', async () => {
    const order = anOrder();
    const number = await invoiced(order, '5');
    await test.fulfil(order, 2);
    await test.pay(1875, { [number]: 1875 });
    await test.until(InvoicePaid, 1, order.orderId);
    expect(types(order.orderId)).not.toContain('order.settled.v1');
    await test.dispatch(order, randomUUID(), { '1': '7' });
    const invoices = await test.until(InvoiceIssued, 2, order.orderId);
    await test.pay(2625, { [invoices[1]!.data.invoiceNumber]: 2625 });
    expect(await test.until(OrderSettled, 1, order.orderId)).toMatchObject([{ data: { paid: { minor: 4500 } } }]);
  });

  it('leaves a cent open that is missing, and takes it from a later payment', async () => {
    const order = anOrder();
    const number = await invoiced(order);
    await test.pay(4499, { [number]: 4499 });
    expect(await test.until(PaymentApplied, 1, order.orderId)).toMatchObject([
      { data: { amount: { minor: 4499 }, open: { minor: 1 } } },
    ]);
    expect(types(order.orderId)).not.toContain('invoice.paid.v1');
    await test.pay(1, { [number]: 1 });
    await test.until(InvoicePaid, 1, order.orderId);
    await booksAgree();
  });

  it('is booked once, however often it is told', async () => {
    const order = anOrder();
    const number = await invoiced(order);
    const reference = randomUUID();
    await Promise.all([1, 2].map(() => test.pay(2000, { [number]: 2000 }, { reference })));
    await test.idle();
    await test.pay(2000, { [number]: 2000 }, { reference });
    await test.pay(9999, { [number]: 2000 }, { reference }); // contradicts: never booked
    await test.idle();
    expect(await test.rows('SELECT open_minor::int AS open FROM invoices WHERE invoice_number = $1', [number])).toEqual(
      [{ open: 2500 }],
    );
    await booksAgree();
  });

  it('that is too much, names a strange invoice or none at all stays on account and is reported', async () => {
    const order = anOrder();
    const number = await invoiced(order);
    const payer = `BOLT-${randomUUID()}`;
    await test.pay(4600, { [number]: 4600 }, { payerAccountId: payer });
    await test.pay(300, {}, { payerAccountId: payer });
    const unmatched = await test.until(PaymentUnmatched, 2, payer);
    expect(unmatched.map(({ data }) => [data.amount.minor, data.detail])).toEqual([
      [4600, `${number}: the invoice is another account's`],
      [300, 'the payer names no invoice'],
    ]);
    await test.pay(4600, { [number]: 4600 });
    expect(await test.until(PaymentUnmatched, 1, 'ACME')).toMatchObject([{ data: { amount: { minor: 100 } } }]);
    await test.until(InvoicePaid, 1, order.orderId);
    await booksAgree();
  });
});

describe('money that is not booked', () => {
  const tasks = (words: string): TaskOpened[] =>
    test.heard().filter((event): event is TaskOpened => JSON.stringify(event.data).includes(words));

  it('because its reference stands for another amount is a task, one for each amount, however often it is told', async () => {
    const payerAccountId = `TWICE-${randomUUID()}`;
    const tell = (minor: number, currency = 'USD'): Promise<void> =>
      test.pay(minor, {}, { payerAccountId, reference: 'CHK-1', amount: { currency, minor } });
    await tell(45000);
    await tell(54000);
    await tell(54000);
    await tell(45000, 'EUR');
    await tell(45000);
    await test.pay(100, {}, { payerAccountId, reference: 'CHK-2' }); // and later money of that payer is booked
    await test.until(PaymentUnmatched, 2, payerAccountId);
    await test.idle();
    const about = tasks(`under CHK-1`).filter(({ data }) => data.detail.startsWith(payerAccountId));
    expect(new Map(about.map(({ data }) => [data.taskId, data.detail])).size).toBe(2);
    expect(about.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        kind: 'payment-not-booked',
        ownerRole: 'finance',
        detail: `${payerAccountId} reports 540.00 USD under CHK-1; it is not booked: 450.00 USD is booked under that reference. If other money did arrive, report it under a reference of its own. When that is done: railhead close ${about.find(({ data }) => data.detail.includes('540.00 USD'))!.data.taskId} --reason "…"`,
      }),
    );
    const booked = 'SELECT reference, amount_minor::int AS minor FROM payments WHERE payer_account_id = $1 ORDER BY 1';
    expect(await test.rows(booked, [payerAccountId])).toEqual([
      { reference: 'CHK-1', minor: 45000 },
      { reference: 'CHK-2', minor: 100 },
    ]);
    await booksAgree();
  });

  it.each([0, -1])('because it is %d cents is a task', async (minor) => {
    const reference = `NIL-${randomUUID()}`;
    await test.pay(minor, {}, { reference });
    await test.idle();
    expect(tasks(reference)).toMatchObject([{ type: TaskOpened.type, data: { kind: 'payment-not-booked' } }]);
    expect(await test.rows('SELECT 1 FROM payments WHERE reference = $1', [reference])).toEqual([]);
    await booksAgree();
  });

  it('fits its task with the longest names there are', async () => {
    const [payerAccountId, reference] = [randomUUID().padEnd(60, 'P'), randomUUID().padEnd(80, 'R')];
    const tell = (minor: number): Promise<void> => test.pay(minor, {}, { payerAccountId, reference });
    await tell(8_999_999_999_999_998);
    await tell(8_999_999_999_999_999);
    await test.idle();
    expect(tasks(`under ${reference}`)).toHaveLength(1);
  });
});

describe('money before its invoice', () => {
  it('waits on account and pays the invoice when it comes, over a restart', async () => {
    const order = anOrder();
    const number = await nextNumber();
    await test.pay(4500, { [number.toLowerCase()]: 4500 });
    await test.idle();
    await test.restart();
    await test.validate(order);
    await test.fulfil(order, 1);
    await test.dispatch(order, randomUUID(), { '1': '12' });
    await test.until(OrderSettled, 1, order.orderId);
    expect(await test.rows('SELECT * FROM waiting_remittance')).toEqual([]);
    await booksAgree();
  });

  it('waits for an invoice that is being issued at that moment, and does not miss it', async () => {
    const order = anOrder();
    const [invoiceId, number] = [randomUUID(), await nextNumber()];
    await test.validate(order);
    await test.idle();
    await test.service.context.db.transaction(async (tx) => {
      await tx.query('UPDATE invoice_counter SET last = last + 1');
      await test.pay(4500, { [number]: 4500 });
      await new Promise((resolve) => setTimeout(resolve, 500)); // by now the payment has looked for its invoice
      await tx.query(
        `INSERT INTO invoices (invoice_id, order_id, shipment_id, invoice_number, gross_minor, open_minor, due_on, body)
         VALUES ($1, $2, $3, $4, 4500, 4500, '2026-03-05', '')`,
        [invoiceId, order.orderId, randomUUID(), number],
      );
      await new LedgerStore().post(
        [
          { entryId: invoiceId, account: 'receivable', amountMinor: 4500, currency: 'USD' },
          { entryId: invoiceId, account: 'revenue', amountMinor: -4500, currency: 'USD' },
        ],
        '2026-02-03',
        tx,
      );
    });
    await test.until(InvoicePaid, 1, order.orderId);
    await booksAgree();
  });

  it('is never left over when money and invoices race each other, and the books agree at every look', async () => {
    const pairs = 40;
    const orders = Array.from({ length: pairs }, () => anOrder());
    await Promise.all(orders.map((order) => test.validate(order)));
    await test.idle();
    const numbers = await Promise.all(orders.map((_, index) => nextNumber(index + 1)));
    const [before] = await test.rows<{ unapplied: string }>('SELECT sum(unapplied_minor) AS unapplied FROM payments');

    let racing = true;
    const watch = (async () => {
      while (racing) await booksAgree();
    })();
    await Promise.all(
      orders.flatMap((order, index) => [
        test.pay(4500, { [numbers[index]!]: 4500 }),
        test.dispatch(order, randomUUID(), { '1': '12' }),
      ]),
    );
    await Promise.all(orders.map((order) => test.until(InvoicePaid, 1, order.orderId)));
    racing = false;
    await watch;
    expect(await test.rows('SELECT sum(unapplied_minor) AS unapplied FROM payments')).toEqual([before]);
  });
});

describe('an invoice over nothing', () => {
  it('is paid when it is issued, and settles its order', async () => {
    const order = anOrder({ lines: [aLine({ price: { amount: '0' } })] });
    await test.validate(order);
    await test.fulfil(order, 1);
    await test.idle();
    await test.dispatch(order, randomUUID(), { '1': '12' });
    await test.until(OrderSettled, 1, order.orderId);
    expect(types(order.orderId).sort()).toEqual(['invoice.issued.v1', 'invoice.paid.v1', 'order.settled.v1']);
  });
});

describe('an order that is fulfilled but was never validated', () => {
  it('is left to a person, and the others go on', async () => {
    const [stranger, order] = [anOrder(), anOrder()];
    const number = await invoiced(order);
    await Promise.all([test.fulfil(stranger, 1), test.fulfil(order, 1)]);
    await test.idle();
    await test.pay(4500, { [number]: 4500 });
    await test.until(OrderSettled, 1, order.orderId);
    expect(await test.rows('SELECT state FROM parked WHERE key = $1', [stranger.orderId])).toEqual([{ state: 'dead' }]);
  });
});
