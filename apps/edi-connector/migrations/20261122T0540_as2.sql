-- What came through a door of which kind is no longer guessed: AS2 and SFTP are doors too.
ALTER TABLE documents DROP CONSTRAINT IF EXISTS documents_channel_check;
ALTER TABLE documents ADD CONSTRAINT documents_channel_check CHECK (channel IN ('folder', 'http', 'sftp', 'as2'));

-- An AS2 message that was opened and proven to be its sender's, with the receipt (MDN) it got. Written before the receipt
-- is sent: the same Message-ID again gets the same receipt, byte for byte, and is not read again. What cannot be opened
-- leaves no row, so that a forgery does not stand in the way of the true message. `evidence` is what was under the
-- encryption, payload and signature together.
CREATE TABLE as2_received (
  as2_from        text        NOT NULL,
  as2_to          text        NOT NULL,
  message_id      text        NOT NULL,
  partner         text        NOT NULL,
  form            text        NOT NULL,
  evidence        bytea       NOT NULL,
  mic             text        NOT NULL,
  receipt_headers jsonb       NOT NULL,
  receipt         bytea       NOT NULL,
  received_at     timestamptz NOT NULL,
  CONSTRAINT as2_received_once PRIMARY KEY (as2_from, as2_to, message_id)
);

-- A document or an acknowledgement of ours as an AS2 message. Every try posts these bytes under this Message-ID. `mics`:
-- the integrity codes that a receipt must hold, by digest. `receipt` is their proof that they have it.
CREATE TABLE as2_sent (
  message_id   text        PRIMARY KEY,
  parcel_key   text        NOT NULL CONSTRAINT as2_sent_once UNIQUE,
  partner      text        NOT NULL,
  document_id  uuid,
  file_name    text        NOT NULL,
  state        text        NOT NULL CHECK (state IN ('queued', 'sent', 'awaiting-mdn', 'done', 'failed')),
  attempts     int         NOT NULL DEFAULT 0,
  headers      jsonb       NOT NULL,
  body         bytea       NOT NULL,
  mics         jsonb       NOT NULL,
  receipt      bytea,
  last_error   text        NOT NULL DEFAULT '',
  planned_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at      timestamptz,
  mdn_due_at   timestamptz,
  settled_at   timestamptz
);
CREATE INDEX as2_sent_awaiting ON as2_sent (mdn_due_at) WHERE state = 'awaiting-mdn';
