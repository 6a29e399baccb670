-- A partner's profile as it was at some time: a change is a new version, never an overwrite. `profile` is what was
-- given, without what is filled in; NULL: they are no longer a partner. `entry_hash` is of the entry of the file it came from.
CREATE TABLE partner_versions (
  partner    text        NOT NULL,
  version    int         NOT NULL CHECK (version > 0),
  profile    jsonb,
  origin     text        NOT NULL CHECK (origin IN ('file', 'api')),
  entry_hash bytea,
  changed_by text        NOT NULL,
  reason     text        NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT partner_versions_once PRIMARY KEY (partner, version)
);

-- Three axes of a document of ours: is it valid, was it delivered, what does the partner think. One that is not valid has
-- no number, keeps its `segments` and waits for a person. `acknowledge_by`: from then on a missing acknowledgement is a task.
ALTER TABLE outbound
  ALTER COLUMN control_number DROP NOT NULL,
  ADD COLUMN transport           text        NOT NULL DEFAULT 'folder',
  ADD COLUMN is_valid            boolean     NOT NULL DEFAULT true,
  ADD COLUMN issues              jsonb       NOT NULL DEFAULT '[]',
  ADD COLUMN segments            jsonb,
  ADD COLUMN undelivered_at      timestamptz,
  ADD COLUMN undelivered_because text        NOT NULL DEFAULT '',
  ADD COLUMN taken_at            timestamptz,
  ADD COLUMN acknowledge_by      timestamptz,
  ADD COLUMN acknowledged_at     timestamptz,
  ADD COLUMN opinion             text        CHECK (opinion IN ('accepted', 'accepted-with-errors', 'partly', 'rejected')),
  ADD COLUMN is_discarded        boolean     NOT NULL DEFAULT false,
  ADD CONSTRAINT outbound_numbered CHECK (is_valid = (control_number IS NOT NULL));
CREATE INDEX outbound_unanswered ON outbound (acknowledge_by) WHERE acknowledge_by IS NOT NULL AND accepted IS NULL;
CREATE INDEX outbound_waiting ON outbound (planned_at) WHERE sent_at IS NULL AND is_valid AND NOT is_discarded;
CREATE INDEX outbound_by_partner ON outbound (partner, planned_at);

-- What a person has to see to about a document of ours. Opened once for each kind, by its id; closed when it mends itself
-- or somebody says that it is done.
CREATE TABLE outbound_tasks (
  task_id     uuid        PRIMARY KEY,
  document_id uuid        NOT NULL REFERENCES outbound,
  kind        text        NOT NULL,
  detail      text        NOT NULL,
  opened_at   timestamptz NOT NULL,
  closed_at   timestamptz,
  outcome     text,
  CONSTRAINT outbound_tasks_once UNIQUE (document_id, kind)
);
