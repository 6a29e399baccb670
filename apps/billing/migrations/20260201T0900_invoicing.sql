-- A validated order as it can be invoiced, and how far its money is.
-- Whoever changes what is open on one of its invoices holds this row.
CREATE TABLE orders (
  order_id       uuid    PRIMARY KEY,
  account_id     text    NOT NULL,
  currency       text    NOT NULL,
  correlation_id text    NOT NULL,
  body           bytea   NOT NULL, -- lines, prices, allowances, terms; first byte: version of its layout
  shipments      int     CONSTRAINT orders_shipments_not_negative CHECK (shipments >= 0), -- null until nothing is left to ship
  settled        boolean NOT NULL DEFAULT false
) WITH (fillfactor = 80);

-- An issued invoice: the event as it was announced, and what is still open on it.
CREATE TABLE invoices (
  invoice_id     uuid   PRIMARY KEY,
  order_id       uuid   NOT NULL,
  shipment_id    uuid   NOT NULL,
  invoice_number text   NOT NULL CONSTRAINT invoices_number_once UNIQUE,
  gross_minor    bigint NOT NULL,
  open_minor     bigint NOT NULL,
  due_on         date   NOT NULL,
  body           bytea  NOT NULL, -- data of invoice.issued
  CONSTRAINT invoices_one_per_shipment UNIQUE (order_id, shipment_id),
  CONSTRAINT invoices_open_within_gross CHECK (open_minor BETWEEN 0 AND gross_minor)
) WITH (fillfactor = 80);

-- The last invoice number given. Its row is held until the commit, so that a rolled-back invoice leaves no gap.
CREATE TABLE invoice_counter (
  only_one boolean PRIMARY KEY DEFAULT true CONSTRAINT invoice_counter_is_one_row CHECK (only_one),
  last     bigint  NOT NULL
);
INSERT INTO invoice_counter (last) VALUES (0);

-- A shipment that has no invoice yet because one of dispatch and delivery is still missing (policy: delivery).
CREATE TABLE waiting_shipments (
  shipment_id uuid    PRIMARY KEY,
  order_id    uuid    NOT NULL,
  goods       bytea, -- null until dispatched; first byte: version of its layout
  delivered   boolean NOT NULL
);
