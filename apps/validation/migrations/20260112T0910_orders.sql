-- An order as it was judged. `document` is the captured event's data, encoded, passed on unread.
CREATE TABLE orders (
  order_id       uuid        PRIMARY KEY,
  account_id     text        NOT NULL,
  state          text        NOT NULL CHECK (state IN ('validated', 'held', 'rejected')),
  content_hash   bytea       NOT NULL,
  currency       text        NOT NULL,
  total_minor    bigint      NOT NULL,
  -- What this order still uses of the customer's credit.
  exposure_minor bigint      NOT NULL DEFAULT 0 CONSTRAINT orders_exposure_not_negative CHECK (exposure_minor >= 0),
  document       bytea       NOT NULL,
  judged_at      timestamptz NOT NULL
) WITH (fillfactor = 80);
ALTER TABLE orders ALTER COLUMN document SET STORAGE EXTERNAL;

-- A reason why a person must look. Kept after its release, with who released it.
CREATE TABLE holds (
  hold_id     uuid        PRIMARY KEY,
  order_id    uuid        NOT NULL REFERENCES orders,
  code        text        NOT NULL,
  placed_at   timestamptz NOT NULL,
  released_at timestamptz,
  released_by text
);
CREATE INDEX holds_active ON holds (order_id) WHERE released_at IS NULL;
