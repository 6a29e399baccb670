-- Here as in the tables below, foreign keys are left out: one transaction writes an order with all that belongs to it,
-- nothing is ever deleted, and the checks would cost a look-up per row on the busiest path.

-- What fulfillment needs to know of a validated order beyond its lines. A row is one order; never changed.
CREATE TABLE orders (
  order_id                 uuid        PRIMARY KEY,
  purchase_order_number    text        NOT NULL,
  partial_delivery_allowed boolean     NOT NULL,
  backorder_allowed        boolean     NOT NULL,
  -- The place in every queue for stock.
  validated_at             timestamptz NOT NULL,
  correlation_id           text        NOT NULL,
  -- Where and when it is wanted, as JSON text; passed on to the warehouse unread.
  delivery                 text        NOT NULL
);

-- How far a line has come. What is neither allocated, shipped nor cancelled waits for stock.
CREATE TABLE order_lines (
  order_id  uuid    NOT NULL,
  line_id   text    NOT NULL,
  sku       text    NOT NULL,
  unit_code text    NOT NULL,
  ordered   numeric NOT NULL,
  -- Promised and not yet shipped.
  allocated numeric NOT NULL DEFAULT 0,
  shipped   numeric NOT NULL DEFAULT 0,
  cancelled numeric NOT NULL DEFAULT 0,
  place     int     NOT NULL,
  PRIMARY KEY (order_id, line_id),
  CONSTRAINT order_lines_none_negative CHECK (allocated >= 0 AND shipped >= 0 AND cancelled >= 0),
  CONSTRAINT order_lines_not_more_than_ordered CHECK (allocated + shipped + cancelled <= ordered)
) WITH (fillfactor = 80);

-- A request to the warehouse and what became of it.
CREATE TABLE shipments (
  order_id     uuid NOT NULL,
  -- 1, 2, 3 … within the order.
  number       int  NOT NULL,
  shipment_id  uuid NOT NULL,
  state        text NOT NULL CHECK (state IN ('requested', 'dispatched', 'cancelled')),
  -- What was asked for, as JSON text: [[line id, quantity], …].
  lines        text NOT NULL,
  -- Made from the confirmation that was taken, so that its repeat is told from another one.
  confirmation uuid,
  PRIMARY KEY (order_id, number),
  CONSTRAINT shipments_confirmed_when_dispatched CHECK ((state = 'dispatched') = (confirmation IS NOT NULL) OR state = 'cancelled')
) WITH (fillfactor = 80);

-- A line that waits for stock. First come, first served: by when the order was validated.
CREATE TABLE waiting (
  sku          text        NOT NULL,
  validated_at timestamptz NOT NULL,
  order_id     uuid        NOT NULL,
  line_id      text        NOT NULL,
  PRIMARY KEY (sku, validated_at, order_id, line_id)
);

-- A cancellation that came before its order. Acts when the order comes.
CREATE TABLE early_cancels (
  order_id   uuid PRIMARY KEY,
  actor_kind text NOT NULL,
  actor_id   text NOT NULL,
  reason     text NOT NULL
);
