-- Money that arrived, and what of it is not applied to an invoice.
CREATE TABLE payments (
  payment_id       uuid   PRIMARY KEY,
  payer_account_id text   NOT NULL,
  reference        text   NOT NULL,
  currency         text   NOT NULL,
  amount_minor     bigint NOT NULL CONSTRAINT payments_amount_above_zero CHECK (amount_minor > 0),
  unapplied_minor  bigint NOT NULL,
  received_on      date   NOT NULL,
  CONSTRAINT payments_reference_once UNIQUE (payer_account_id, reference),
  CONSTRAINT payments_unapplied_within_amount CHECK (unapplied_minor BETWEEN 0 AND amount_minor)
) WITH (fillfactor = 80);

-- A part of a payment that settled a part of an invoice.
CREATE TABLE applications (
  application_id uuid   PRIMARY KEY,
  payment_id     uuid   NOT NULL REFERENCES payments,
  invoice_id     uuid   NOT NULL REFERENCES invoices,
  amount_minor   bigint NOT NULL CONSTRAINT applications_amount_above_zero CHECK (amount_minor > 0)
);

-- What a payer wished for an invoice that does not exist yet; gone once the invoice came.
CREATE TABLE waiting_remittance (
  payment_id     uuid   NOT NULL REFERENCES payments,
  place          int    NOT NULL,
  invoice_number text   NOT NULL,
  amount_minor   bigint NOT NULL,
  PRIMARY KEY (payment_id, place)
);
CREATE INDEX waiting_remittance_by_number ON waiting_remittance (invoice_number);
