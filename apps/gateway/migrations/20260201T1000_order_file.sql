-- The Avro schemas facts were written with: bytes stay readable after the events have grown.
CREATE TABLE schemas (
  schema_no int   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type      text  NOT NULL,
  sha256    bytea NOT NULL,
  avro      text  NOT NULL,
  CONSTRAINT schemas_once UNIQUE (type, sha256)
);

-- One thing that happened, as its writer told it; never changed. An order file is a fold over these.
-- `file_id` is the order; for what no order is known of, an id of its own (a payment, a document).
-- (`xid`, `seq`) is the order of commits as far as readers may trust it: what is below the oldest running transaction.
CREATE TABLE facts (
  file_id        uuid        NOT NULL,
  event_id       uuid        NOT NULL,
  schema_no      int         NOT NULL,
  at             timestamptz NOT NULL,
  causation_id   uuid,
  xid            xid8        NOT NULL DEFAULT pg_current_xact_id(),
  seq            bigint      GENERATED ALWAYS AS IDENTITY,
  source         text        NOT NULL,
  correlation_id text        NOT NULL,
  value          bytea       NOT NULL,
  CONSTRAINT facts_once PRIMARY KEY (file_id, event_id)
);
CREATE INDEX facts_by_commit ON facts (xid, seq);

-- Orders with facts that their row in `orders` does not show yet. The row is locked by whoever adds a fact, so that a
-- fold that took it away has seen everything.
CREATE TABLE orders_to_fold (
  order_id uuid PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- What lists and searches show of an order: the head of its folded file. Can be dropped and folded again at any time.
CREATE TABLE orders (
  order_id      uuid        PRIMARY KEY,
  po_number     text        NOT NULL,
  account_id    text        NOT NULL,
  customer_name text,
  channel       text        NOT NULL,
  currency      text        NOT NULL,
  total_minor   bigint      NOT NULL,
  status        text        NOT NULL,
  next_owner    text,
  next_what     text,
  next_since    timestamptz,
  captured_at   timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);
CREATE INDEX orders_newest ON orders (captured_at, order_id);
CREATE INDEX orders_by_po_number ON orders (upper(po_number));
