-- An interchange as it came, byte for byte, and the answer it got: the same again gets the same answer.
CREATE TABLE interchanges (
  interchange_id uuid        PRIMARY KEY,
  -- Empty: nobody we know.
  partner        text        NOT NULL,
  channel        text        NOT NULL CHECK (channel IN ('http', 'folder')),
  -- Which file it came in (name, size, time, inode); empty over HTTP. The same file read twice is not a second document.
  file           text        NOT NULL DEFAULT '',
  sender         text        NOT NULL,
  receiver       text        NOT NULL,
  -- ISA13 without leading zeros.
  control_number text        NOT NULL,
  sha256         bytea       NOT NULL,
  raw            bytea       NOT NULL,
  verdict        text        NOT NULL CHECK (verdict IN ('accepted', 'partly', 'rejected')),
  -- TA1 and 997 as sent; empty: none was due.
  answer         bytea       NOT NULL,
  -- What became of it, as the JSON answer tells it.
  report         text        NOT NULL,
  received_at    timestamptz NOT NULL,
  CONSTRAINT interchanges_same_bytes_once UNIQUE (sender, receiver, control_number, sha256)
);
ALTER TABLE interchanges ALTER COLUMN raw SET STORAGE EXTERNAL;
-- A control number is used up by what was taken; after a refusal the partner may send a corrected copy under it.
CREATE UNIQUE INDEX interchanges_control_number_once ON interchanges (sender, receiver, control_number) WHERE verdict <> 'rejected';

-- One content of an order as a partner sent it. A second content under one order id is a conflicting copy; the first answers.
CREATE TABLE orders (
  order_id     uuid        NOT NULL,
  content_hash bytea       NOT NULL,
  partner      text        NOT NULL,
  document_id  uuid        NOT NULL,
  -- The captured event's data, encoded.
  document     bytea       NOT NULL,
  captured_at  timestamptz NOT NULL,
  CONSTRAINT orders_same_content_once PRIMARY KEY (order_id, content_hash)
);
ALTER TABLE orders ALTER COLUMN document SET STORAGE EXTERNAL;

-- The last control number we used toward a partner. Taken in the transaction that makes the document: no gaps.
CREATE TABLE control_numbers (
  partner     text   PRIMARY KEY,
  last_number bigint NOT NULL CONSTRAINT control_numbers_nine_digits CHECK (last_number BETWEEN 0 AND 999999999)
);

-- A document of ours to a partner, to be matched with their 997.
CREATE TABLE sent_documents (
  document_id    uuid        PRIMARY KEY,
  partner        text        NOT NULL,
  document_type  text        NOT NULL,
  -- What it is about, e.g. an order, a shipment, an invoice.
  about          text        NOT NULL CONSTRAINT sent_documents_once UNIQUE,
  order_id       uuid        NOT NULL,
  correlation_id text        NOT NULL,
  reference      text        NOT NULL,
  control_number bigint      NOT NULL,
  sha256         bytea       NOT NULL,
  size_bytes     int         NOT NULL,
  made_at        timestamptz NOT NULL,
  -- What their 997 or TA1 said; null: nothing yet.
  accepted       boolean,
  CONSTRAINT sent_documents_number_once UNIQUE (partner, control_number)
);
