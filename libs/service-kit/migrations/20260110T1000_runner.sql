-- What every service keeps so that nothing is lost and nothing is done twice.

-- How far this service has come in each stream (one writer's events about one key in one topic). An event whose number
-- is not above `last_seq` was taken over already. Kept for ever: one row per order and writer.
CREATE TABLE inbox (
  topic    text   NOT NULL,
  source   text   NOT NULL,
  key      text   NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (key, topic, source)
) WITH (fillfactor = 80);

-- The number of the last event this service wrote about a key in a topic. The row is locked until the commit, so that for
-- one key a lower number always means an earlier commit.
CREATE TABLE stream_head (
  topic text   NOT NULL,
  key   text   NOT NULL,
  seq   bigint NOT NULL,
  PRIMARY KEY (key, topic)
) WITH (fillfactor = 80);

-- Events that are committed but not yet published. Deleted after the broker acknowledged them.
CREATE TABLE outbox (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bucket     smallint    NOT NULL CHECK (bucket BETWEEN 0 AND 63),
  topic      text        NOT NULL,
  key        text        NOT NULL,
  value      bytea,
  headers    text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- Messages set aside, in order per key: to be tried again, waiting for a fact or behind another, or dead.
CREATE TABLE parked (
  parked_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic           text        NOT NULL,
  key             text        NOT NULL,
  source          text        NOT NULL,
  seq             bigint      NOT NULL,
  event_id        text        NOT NULL,
  event_type      text        NOT NULL,
  value           bytea,
  headers         text        NOT NULL,
  state           text        NOT NULL CHECK (state IN ('retry', 'awaiting', 'waiting', 'dead')),
  awaits          text,
  attempts        int         NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  reason          text        NOT NULL,
  last_error      text        NOT NULL DEFAULT '',
  first_parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_failed_at  timestamptz,
  CONSTRAINT parked_once UNIQUE (topic, source, key, seq)
);
CREATE INDEX parked_by_key ON parked (topic, key, parked_id);
CREATE INDEX parked_due ON parked (next_at) WHERE state <> 'dead';

-- What people decided about parked messages.
CREATE TABLE parked_decisions (
  decision_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parked_id   bigint      NOT NULL,
  event_id    text        NOT NULL,
  action      text        NOT NULL CHECK (action IN ('replay', 'discard')),
  actor       text        NOT NULL,
  reason      text        NOT NULL,
  decided_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
