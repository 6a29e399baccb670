-- A document that is larger than a transaction should be has its bytes in `document_chunks`, and none here. `outcome` is
-- 'received' while it is still being read, 'failed' when our reader stumbled over it and a person has to look.
ALTER TABLE documents ALTER COLUMN bytes DROP NOT NULL;
ALTER TABLE documents ADD COLUMN size_bytes bigint;

-- Bytes of large documents, in order. Not compressed: they are read and written once or twice, as fast as may be.
CREATE TABLE document_chunks (
  document_id uuid   NOT NULL,
  starts_at   bigint NOT NULL CHECK (starts_at >= 0),
  bytes       bytea  NOT NULL,
  CONSTRAINT document_chunks_once PRIMARY KEY (document_id, starts_at)
);
ALTER TABLE document_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- A large document whose bytes are still coming in. What was not touched for long was given up, and its chunks go.
CREATE TABLE arrivals (
  document_id uuid        PRIMARY KEY,
  touched_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- An interchange that nothing was taken from because its control number was used for other content: a person releases
-- or discards it. `answer` is what its sender gets, now and whenever the same comes again.
CREATE TABLE held_interchanges (
  held_id        uuid        PRIMARY KEY,
  document_id    uuid        NOT NULL REFERENCES documents,
  partner        text        NOT NULL,
  sender         text        NOT NULL,
  receiver       text        NOT NULL,
  control_number text        NOT NULL,
  sha256         bytea       NOT NULL,
  starts_at      bigint      NOT NULL,
  ends_at        bigint      NOT NULL,
  reason         text        NOT NULL,
  detail         text        NOT NULL,
  state          text        NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'releasing', 'released', 'discarded')),
  answer         bytea       NOT NULL,
  summary        text        NOT NULL,
  held_at        timestamptz NOT NULL,
  decided_at     timestamptz,
  decided_by     text,
  decided_why    text,
  CONSTRAINT held_interchanges_once UNIQUE (sender, receiver, control_number, sha256)
);
CREATE INDEX held_interchanges_open ON held_interchanges (held_at) WHERE state = 'held';

-- Something that is read in the background, in many transactions: a large document, one our reader stumbled over, or a
-- held interchange that was released. Before `position` all is settled; `open` is the interchange being taken, judged
-- already, of which `sets_taken` sets are done. `version` counts the steps, so that of two readers one falls behind.
CREATE TABLE readings (
  reading_id  uuid        PRIMARY KEY,
  document_id uuid        NOT NULL REFERENCES documents,
  held_id     uuid        REFERENCES held_interchanges,
  owner       text,
  position    bigint      NOT NULL,
  ends_at     bigint      NOT NULL,
  open        text,
  sets_taken  int         NOT NULL DEFAULT 0,
  progress    text        NOT NULL,
  version     int         NOT NULL DEFAULT 0,
  state       text        NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'failed', 'done')),
  attempts    int         NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_error  text        NOT NULL DEFAULT ''
);
CREATE INDEX readings_due ON readings (due_at) WHERE state = 'due';
CREATE INDEX readings_by_document ON readings (document_id);

-- The answers to the interchanges of a document that was read in the background, for its sender to fetch; by where the
-- interchange begins.
CREATE TABLE document_answers (
  document_id uuid   NOT NULL REFERENCES documents,
  starts_at   bigint NOT NULL,
  bytes       bytea  NOT NULL,
  CONSTRAINT document_answers_once PRIMARY KEY (document_id, starts_at)
);

-- Functional groups that something was taken from (GS02, GS03, GS01, GS06): a number that comes again is noticed.
CREATE TABLE group_numbers (
  sender         text NOT NULL,
  receiver       text NOT NULL,
  functional_id  text NOT NULL,
  control_number text NOT NULL,
  document_id    uuid NOT NULL REFERENCES documents,
  CONSTRAINT group_numbers_once PRIMARY KEY (sender, receiver, functional_id, control_number)
);
