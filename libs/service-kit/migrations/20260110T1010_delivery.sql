-- Effects on the outside world: planned in the transaction that decided them, carried out afterwards.
-- `sending` is committed before the call; a call whose answer was lost is `unknown` and is looked up before it is sent again.
CREATE TABLE delivery (
  delivery_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind            text        NOT NULL,
  idempotency_key text        NOT NULL CONSTRAINT delivery_once UNIQUE,
  payload         bytea       NOT NULL,
  attributes      jsonb       NOT NULL DEFAULT '{}',
  state           text        NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'sending', 'unknown', 'confirmed', 'failed')),
  attempts        int         NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_error      text        NOT NULL DEFAULT '',
  planned_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_at    timestamptz
);
CREATE INDEX delivery_due ON delivery (next_at) WHERE state IN ('planned', 'sending', 'unknown');
