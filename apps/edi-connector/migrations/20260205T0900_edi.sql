-- A document as it came through a door, byte for byte; kept whatever became of it. A file of a folder is known by its
-- identity (name, inode, time, size), so that a crash between commit and archiving imports it once.
CREATE TABLE documents (
  document_id   uuid        PRIMARY KEY,
  partner       text        NOT NULL,
  channel       text        NOT NULL CHECK (channel IN ('folder', 'http')),
  file_identity text        CONSTRAINT documents_file_once UNIQUE,
  sha256        bytea       NOT NULL,
  bytes         bytea       NOT NULL,
  outcome       text        NOT NULL DEFAULT 'received',
  received_at   timestamptz NOT NULL
);

-- An interchange that was answered, by sender, receiver and ISA13. The same again gets the same answer, byte for byte.
-- `captured`: something was taken from it; until then a mended interchange may come under the same number.
CREATE TABLE interchanges (
  sender         text        NOT NULL,
  receiver       text        NOT NULL,
  control_number text        NOT NULL,
  sha256         bytea       NOT NULL,
  document_id    uuid        NOT NULL REFERENCES documents,
  captured       boolean     NOT NULL,
  answer         bytea       NOT NULL,
  summary        text        NOT NULL,
  CONSTRAINT interchanges_once PRIMARY KEY (sender, receiver, control_number)
);

-- An order as it was captured here, by what was ordered: the same again is a duplicate, whatever its control numbers.
CREATE TABLE captures (
  order_id     uuid  NOT NULL,
  content_hash bytea NOT NULL,
  document_id  text  NOT NULL,
  CONSTRAINT captures_once PRIMARY KEY (order_id, content_hash)
);

-- What answers to an order need of the buyer's own words: PO number and date, and `echo`, the buyer's line and item
-- numbers and where to ship to. The first copy of an order counts.
CREATE TABLE orders (
  order_id              uuid PRIMARY KEY,
  partner               text NOT NULL,
  purchase_order_number text NOT NULL,
  release               text,
  issued_on             text NOT NULL,
  echo                  text NOT NULL
);

-- The last control number used towards a partner. The row is locked until the commit, so that there are no gaps.
CREATE TABLE control_numbers (
  partner     text   PRIMARY KEY,
  last_number bigint NOT NULL CHECK (last_number BETWEEN 0 AND 999999999)
);

-- A document of ours: planned when it is decided, sent when the file lies in the outbox, acknowledged by a 997.
CREATE TABLE outbound (
  document_id    uuid        PRIMARY KEY,
  partner        text        NOT NULL,
  document_type  text        NOT NULL,
  functional_id  text        NOT NULL,
  order_id       uuid        NOT NULL,
  correlation_id text        NOT NULL,
  reference      text        NOT NULL,
  control_number bigint      NOT NULL,
  sha256         bytea       NOT NULL,
  size_bytes     int         NOT NULL,
  planned_at     timestamptz NOT NULL,
  sent_at        timestamptz,
  accepted       boolean,
  CONSTRAINT outbound_once UNIQUE (order_id, document_type, reference)
);
CREATE INDEX outbound_by_control_number ON outbound (partner, control_number);
