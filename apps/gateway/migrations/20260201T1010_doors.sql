-- A document that came through a door of the gateway, byte for byte. Kept whatever became of it.
CREATE TABLE documents (
  document_id uuid        PRIMARY KEY,
  kind        text        NOT NULL CHECK (kind IN ('order', 'shipment', 'payment')),
  caller_id   text        NOT NULL,
  received_at timestamptz NOT NULL,
  sha256      bytea       NOT NULL,
  outcome     text        NOT NULL CHECK (outcome IN ('accepted', 'duplicate', 'rejected')),
  body        bytea       NOT NULL
);

-- An order as it was captured here, by what was ordered: the same again is a duplicate.
CREATE TABLE captures (
  order_id     uuid  NOT NULL,
  content_hash bytea NOT NULL,
  document_id  uuid  NOT NULL,
  CONSTRAINT captures_once PRIMARY KEY (order_id, content_hash)
);

-- A warehouse confirmation or a payment as it was taken, by its own identity: the same again is not passed on.
CREATE TABLE reports (
  kind         text  NOT NULL CHECK (kind IN ('shipment', 'payment')),
  identity     uuid  NOT NULL,
  content_hash bytea NOT NULL,
  document_id  uuid  NOT NULL,
  CONSTRAINT reports_once PRIMARY KEY (kind, identity)
);

-- What a caller was answered under an idempotency key: the same request gets the same answer.
CREATE TABLE idempotency_keys (
  caller_id text        NOT NULL,
  key       text        NOT NULL,
  sha256    bytea       NOT NULL,
  status    int         NOT NULL DEFAULT 0,
  answer    text        NOT NULL DEFAULT '',
  used_at   timestamptz NOT NULL,
  CONSTRAINT idempotency_keys_once PRIMARY KEY (caller_id, key)
);
