-- A document that came in, byte for byte. The same bytes from the same shop are one row, however often they come.
CREATE TABLE documents (
  document_id   uuid        PRIMARY KEY,
  shop          text        NOT NULL,
  topic         text        NOT NULL,
  reference     text,
  sha256        bytea       NOT NULL,
  bytes         bytea       NOT NULL,
  outcome       text        NOT NULL DEFAULT 'received',
  order_id      uuid,
  issues        text        NOT NULL DEFAULT '[]',
  received_at   timestamptz NOT NULL,
  times_seen    int         NOT NULL DEFAULT 1,
  CONSTRAINT documents_once UNIQUE (shop, sha256)
);

-- What is known of an order of a shop: the newest version seen, and the order of ours it became (none: it was not captured).
CREATE TABLE shop_orders (
  shop            text        NOT NULL,
  shop_order_id   text        NOT NULL,
  order_id        uuid,
  revision        timestamptz NOT NULL,
  content_hash    text        NOT NULL,
  cancelled       boolean     NOT NULL DEFAULT false,
  document_id     uuid        NOT NULL REFERENCES documents,
  PRIMARY KEY (shop, shop_order_id),
  CONSTRAINT shop_orders_own_order UNIQUE (order_id)  -- two orders of the shops are never one order of ours
);
