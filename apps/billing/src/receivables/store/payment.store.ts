import { bigintArray, intArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { Application, Cash, Wish } from '../domain/apply-cash.js';

/** A payment as it is booked. */
export interface NewPayment {
  readonly cash: Cash;
  readonly reference: string;
  readonly receivedOn: string;
  readonly amountMinor: number;
  readonly unappliedMinor: number;
  readonly waiting: readonly Wish[];
}

/** Money on account that was meant for an invoice. */
export interface WaitingMoney {
  readonly cash: Cash;
  readonly wishes: readonly Wish[];
}

const KNOWN = prepared(`
  SELECT p.payer_account_id AS "payerAccountId", p.reference, p.amount_minor AS "amountMinor", p.currency
    FROM payments p JOIN unnest($1::text[], $2::text[]) AS t(payer_account_id, reference) USING (payer_account_id, reference)`);

const SAVE = prepared(`
  INSERT INTO payments (payment_id, payer_account_id, reference, currency, amount_minor, unapplied_minor, received_on)
  SELECT payment_id, payer_account_id, reference, currency, amount_minor, unapplied_minor, received_on::date
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::int8[], $7::text[])
      AS t(payment_id, payer_account_id, reference, currency, amount_minor, unapplied_minor, received_on)`);

const SAVE_WAITING = prepared(`
  INSERT INTO waiting_remittance (payment_id, place, invoice_number, amount_minor)
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int8[])`);

const SAVE_APPLICATIONS = prepared(`
  INSERT INTO applications (application_id, payment_id, invoice_id, amount_minor)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[])`);

const WAITING = prepared(`
  SELECT p.payment_id AS "paymentId", p.payer_account_id AS "payerAccountId", p.currency, p.unapplied_minor AS "unappliedMinor",
         w.invoice_number AS "invoiceNumber", w.amount_minor AS "amountMinor"
    FROM waiting_remittance w JOIN payments p USING (payment_id)
   WHERE w.invoice_number = ANY($1::text[]) ORDER BY p.received_on, p.payment_id, w.place FOR UPDATE OF p`);

const SPEND = prepared(`
  UPDATE payments p SET unapplied_minor = t.unapplied_minor FROM unnest($1::uuid[], $2::int8[]) AS t(payment_id, unapplied_minor)
   WHERE p.payment_id = t.payment_id`);

const FORGET = prepared('DELETE FROM waiting_remittance WHERE invoice_number = ANY($1::text[])');

interface WaitingRow extends Record<string, unknown> {
  paymentId: string;
  payerAccountId: string;
  currency: string;
  unappliedMinor: string;
  invoiceNumber: string;
  amountMinor: string;
}

/** Payments, what of them is applied, and what waits for an invoice. */
@Injectable()
export class PaymentStore {
  /** Payments that are booked under these references; the key of the map is `payer\nreference`. */
  async known(
    payments: readonly { payerAccountId: string; reference: string }[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, { amountMinor: number; currency: string }>> {
    const rows = await tx.query<{ payerAccountId: string; reference: string; amountMinor: string; currency: string }>(
      KNOWN,
      [
        textArray(payments.map((payment) => payment.payerAccountId)),
        textArray(payments.map((payment) => payment.reference)),
      ],
    );
    return new Map(
      rows.map((row) => [
        `${row.payerAccountId}\n${row.reference}`,
        { amountMinor: Number(row.amountMinor), currency: row.currency },
      ]),
    );
  }

  async save(payments: readonly NewPayment[], tx: Tx): Promise<void> {
    if (payments.length === 0) return;
    await tx.query(SAVE, [
      uuidArray(payments.map(({ cash }) => cash.paymentId)),
      textArray(payments.map(({ cash }) => cash.payerAccountId)),
      textArray(payments.map(({ reference }) => reference)),
      textArray(payments.map(({ cash }) => cash.currency)),
      bigintArray(payments.map(({ amountMinor }) => amountMinor)),
      bigintArray(payments.map(({ unappliedMinor }) => unappliedMinor)),
      textArray(payments.map(({ receivedOn }) => receivedOn)),
    ]);
    await this.saveWaiting(payments, tx);
  }

  private async saveWaiting(payments: readonly NewPayment[], tx: Tx): Promise<void> {
    const rows = payments.flatMap(({ cash, waiting }) =>
      waiting.map((wish, place) => ({ ...wish, place, paymentId: cash.paymentId })),
    );
    if (rows.length === 0) return;
    await tx.query(SAVE_WAITING, [
      uuidArray(rows.map((row) => row.paymentId)),
      intArray(rows.map((row) => row.place)),
      textArray(rows.map((row) => row.invoiceNumber)),
      bigintArray(rows.map((row) => row.amountMinor)),
    ]);
  }

  async saveApplications(
    applications: readonly (Application & { readonly applicationId: string })[],
    tx: Tx,
  ): Promise<void> {
    await tx.query(SAVE_APPLICATIONS, [
      uuidArray(applications.map(({ applicationId }) => applicationId)),
      uuidArray(applications.map(({ paymentId }) => paymentId)),
      uuidArray(applications.map(({ invoice }) => invoice.invoiceId)),
      bigintArray(applications.map(({ amountMinor }) => amountMinor)),
    ]);
  }

  /** Money that waits for these invoices, the oldest first; held until this transaction ends. */
  async waitingFor(invoiceNumbers: readonly string[], tx: Tx): Promise<WaitingMoney[]> {
    const money = new Map<string, { cash: Cash; wishes: Wish[] }>();
    for (const row of await tx.query<WaitingRow>(WAITING, [textArray(invoiceNumbers)])) {
      const { paymentId, payerAccountId, currency } = row;
      const entry = money.get(paymentId) ?? {
        cash: { paymentId, payerAccountId, currency, unappliedMinor: Number(row.unappliedMinor) },
        wishes: [],
      };
      entry.wishes.push({ invoiceNumber: row.invoiceNumber, amountMinor: Number(row.amountMinor) });
      money.set(paymentId, entry);
    }
    return [...money.values()];
  }

  /** Notes what is left of payments after the invoices they waited for came. */
  async spend(
    payments: readonly { paymentId: string; unappliedMinor: number }[],
    invoiceNumbers: readonly string[],
    tx: Tx,
  ): Promise<void> {
    await tx.query(SPEND, [
      uuidArray(payments.map(({ paymentId }) => paymentId)),
      bigintArray(payments.map(({ unappliedMinor }) => unappliedMinor)),
    ]);
    await tx.query(FORGET, [textArray(invoiceNumbers)]);
  }
}
