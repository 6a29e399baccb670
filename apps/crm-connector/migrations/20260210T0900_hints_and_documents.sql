-- An outbound message that came in, without its session id. The same message from the same organization is one row.
CREATE TABLE messages (
  message_id      uuid        PRIMARY KEY,
  organization_id text        NOT NULL,
  sha256          bytea       NOT NULL,
  text            text        NOT NULL,
  received_at     timestamptz NOT NULL,
  times_seen      int         NOT NULL DEFAULT 1,
  CONSTRAINT messages_once UNIQUE (organization_id, sha256)
);

-- A notification that was taken. Salesforce repeats them for a day.
CREATE TABLE notifications (
  organization_id text        NOT NULL,
  notification_id text        NOT NULL,
  received_at     timestamptz NOT NULL,
  PRIMARY KEY (organization_id, notification_id)
);
CREATE INDEX notifications_by_age ON notifications (received_at);

-- An opportunity that somebody said has changed. It is read when `hints` is ahead of `hints_read`.
CREATE TABLE opportunity_reads (
  organization_id text        NOT NULL,
  opportunity_id  text        NOT NULL,
  hints           int         NOT NULL DEFAULT 1,
  hints_read      int         NOT NULL DEFAULT 0,
  attempts        int         NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_error      text        NOT NULL DEFAULT '',
  polled_revision timestamptz,
  PRIMARY KEY (organization_id, opportunity_id)
);
CREATE INDEX opportunity_reads_due ON opportunity_reads (next_at) WHERE hints > hints_read;

-- How far the poller has come: the newest change it saw.
CREATE TABLE poll_cursors (
  organization_id text        PRIMARY KEY,
  seen_until      timestamptz NOT NULL
);

-- A deal as it was read, byte for byte. The same bytes of the same deal are one row.
CREATE TABLE documents (
  document_id     uuid        PRIMARY KEY,
  organization_id text        NOT NULL,
  opportunity_id  text        NOT NULL,
  sha256          bytea       NOT NULL,
  bytes           bytea       NOT NULL,
  outcome         text        NOT NULL DEFAULT 'received',
  order_id        uuid,
  received_at     timestamptz NOT NULL,
  times_seen      int         NOT NULL DEFAULT 1,
  CONSTRAINT documents_once UNIQUE (organization_id, opportunity_id, sha256)
);

-- The order that a deal became, and the newest version of the deal that was seen.
CREATE TABLE deals (
  organization_id text        NOT NULL,
  opportunity_id  text        NOT NULL,
  order_id        uuid        NOT NULL,
  revision        timestamptz NOT NULL,
  content_hash    text        NOT NULL,
  document_id     uuid        NOT NULL REFERENCES documents,
  PRIMARY KEY (organization_id, opportunity_id)
);
CREATE INDEX deals_by_order ON deals (order_id);
