-- A message of a partner beside orders and acknowledgements (860, 820, 945 …), by what it is about: the same text again
-- is a duplicate. One that is `held` was understood, and a person has to look before anything follows of it; `message` is
-- what was read, as JSON, as long as that is so.
CREATE TABLE messages (
  message_id    uuid        PRIMARY KEY,
  partner       text        NOT NULL,
  document_type text        NOT NULL,
  document_id   text        NOT NULL,
  reference     text        NOT NULL,
  content_hash  bytea       NOT NULL,
  state         text        NOT NULL CHECK (state IN ('taken', 'held', 'released', 'discarded')),
  reason        text        NOT NULL DEFAULT '',
  message       text,
  received_at   timestamptz NOT NULL,
  decided_by    text,
  decided_at    timestamptz,
  CONSTRAINT messages_kept_while_held CHECK (state <> 'held' OR message IS NOT NULL)
);
CREATE INDEX messages_held ON messages (received_at) WHERE state = 'held';

-- A change that a partner asked for, in its own words (JSON), until it is answered by an 865.
CREATE TABLE order_changes (
  change_id uuid        PRIMARY KEY,
  order_id  uuid        NOT NULL,
  purpose   text        NOT NULL CHECK (purpose IN ('change', 'cancel')),
  sequence  int         NOT NULL,
  words     text        NOT NULL,
  asked_at  timestamptz NOT NULL
);
CREATE INDEX order_changes_by_order ON order_changes (order_id);

-- A shipment that a warehouse was asked for by a 940, or that left, by what partners call it. `numbers`: tracking, bill of
-- lading, PRO. Kept only where a partner of ours is a warehouse or a carrier.
CREATE TABLE shipments (
  shipment_id    uuid        PRIMARY KEY,
  order_id       uuid        NOT NULL,
  correlation_id text        NOT NULL,
  -- The warehouse that was asked; NULL: none of our partners.
  partner        text,
  reference      text        NOT NULL CONSTRAINT shipments_reference_once UNIQUE,
  -- [[line id, sku, quantity], …] as asked for.
  lines          text        NOT NULL DEFAULT '[]',
  numbers        text[]      NOT NULL DEFAULT '{}',
  -- The warehouse said by a 945 what it shipped: nothing can be called off any more.
  is_confirmed   boolean     NOT NULL DEFAULT false,
  delivered_at   timestamptz
);
CREATE INDEX shipments_by_number ON shipments USING gin (numbers);

-- What a warehouse of a partner has on hand as far as it told: the last count, less what it shipped, and more by what it
-- received. A row is one product in one warehouse.
CREATE TABLE warehouse_stock (
  warehouse text        NOT NULL,
  sku       text        NOT NULL,
  on_hand   numeric     NOT NULL,
  as_of     timestamptz NOT NULL,
  PRIMARY KEY (warehouse, sku)
);

-- An order that is accepted and whose 855 waits for what the warehouse has of it. `accepted`: what was validated, as JSON.
CREATE TABLE unacknowledged_orders (
  order_id uuid PRIMARY KEY,
  accepted text NOT NULL
);
