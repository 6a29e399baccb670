-- What stands in a warehouse as far as we know, and how much of it is promised. A row is one product in one warehouse.
CREATE TABLE stock (
  warehouse text        NOT NULL,
  sku       text        NOT NULL,
  -- The last count less what left since; below zero when more left than was counted.
  on_hand   numeric     NOT NULL,
  -- Promised to orders and not yet shipped.
  allocated numeric     NOT NULL DEFAULT 0 CONSTRAINT stock_allocated_not_negative CHECK (allocated >= 0),
  -- When the count was true; null until the first count.
  as_of     timestamptz,
  PRIMARY KEY (warehouse, sku)
) WITH (fillfactor = 70);

-- A count may fall below what is promised already, so this cannot be a CHECK: it holds at the moment of promising.
CREATE FUNCTION refuse_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'more of % would be promised than there is', NEW.sku USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_promise_covered';
END $$;

CREATE TRIGGER stock_promise_covered BEFORE UPDATE OF allocated ON stock
  FOR EACH ROW WHEN (NEW.allocated > OLD.allocated AND NEW.allocated > NEW.on_hand) EXECUTE FUNCTION refuse_promise();

-- What left a warehouse, by product and instant: a count that was true before it has to be lessened by it. A row is
-- everything of one product that left at one instant. Deleted once a later count contains it.
CREATE TABLE stock_moves (
  warehouse text        NOT NULL,
  sku       text        NOT NULL,
  moved_at  timestamptz NOT NULL,
  quantity  numeric     NOT NULL CONSTRAINT stock_moves_not_negative CHECK (quantity >= 0),
  PRIMARY KEY (warehouse, sku, moved_at)
);
