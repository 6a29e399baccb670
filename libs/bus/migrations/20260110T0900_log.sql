-- The embedded bus: an append-only log per topic and partition.

CREATE TABLE topics (
  topic_id     int     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text    NOT NULL CONSTRAINT topics_name_once UNIQUE,
  partitions   int     NOT NULL CHECK (partitions BETWEEN 1 AND 1024),
  compacted    boolean NOT NULL DEFAULT false,
  retention_ms bigint
);

-- The next free offset of each partition. A writer holds this row until its commit, so that offsets become visible
-- without gaps and in order: a reader's cursor never overtakes a slower writer.
CREATE TABLE partitions (
  topic_id    int    NOT NULL REFERENCES topics,
  partition   int    NOT NULL,
  next_offset bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (topic_id, partition)
) WITH (fillfactor = 30);

-- One row is one record, for ever unchanged until retention removes it.
CREATE TABLE log (
  topic_id     int         NOT NULL,
  partition    int         NOT NULL,
  "offset"     bigint      NOT NULL,
  key          text        NOT NULL,
  value        bytea,
  headers      text        NOT NULL,
  -- The event type, for readers that want only some.
  type         text        NOT NULL DEFAULT '',
  published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic_id, partition, "offset")
);
ALTER TABLE log ALTER COLUMN value SET STORAGE MAIN;

-- How far each consumer group has come: the next offset to read.
CREATE TABLE positions (
  group_name text   NOT NULL,
  topic_id   int    NOT NULL REFERENCES topics,
  partition  int    NOT NULL,
  committed  bigint NOT NULL,
  PRIMARY KEY (group_name, topic_id, partition)
) WITH (fillfactor = 30);

-- Who reads a partition for a group, and until when if nothing more is heard of them.
CREATE TABLE leases (
  group_name text        NOT NULL,
  topic_id   int         NOT NULL REFERENCES topics,
  partition  int         NOT NULL,
  member     uuid        NOT NULL,
  until      timestamptz NOT NULL,
  PRIMARY KEY (group_name, topic_id, partition)
) WITH (fillfactor = 30);

-- Members of a group that have been heard of lately; their number gives each one's fair share.
CREATE TABLE members (
  group_name text        NOT NULL,
  member     uuid        NOT NULL,
  until      timestamptz NOT NULL,
  PRIMARY KEY (group_name, member)
) WITH (fillfactor = 30);
