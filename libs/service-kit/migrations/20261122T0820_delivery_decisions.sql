-- What was given up can be tried anew, or be dropped for good, by a person.
ALTER TABLE delivery DROP CONSTRAINT delivery_state_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_state_check
  CHECK (state IN ('planned', 'sending', 'unknown', 'confirmed', 'failed', 'discarded'));

-- Tries that were used up before a person had it tried anew; NULL: nobody had. `attempts` itself never goes back: it tells
-- one claim from another.
ALTER TABLE delivery ADD COLUMN attempts_before int;

-- What people decided about deliveries that were given up.
CREATE TABLE delivery_decisions (
  decision_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery_id     bigint      NOT NULL,
  idempotency_key text        NOT NULL,
  action          text        NOT NULL CHECK (action IN ('replay', 'discard')),
  actor           text        NOT NULL,
  reason          text        NOT NULL,
  decided_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
