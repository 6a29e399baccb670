-- What left or came into a warehouse since the last count of the product, which deletes what it contains. Goods are told of
-- in any order: only a count knows what was before it. `as_of` in `warehouse_stock` is when that count was true.
CREATE TABLE warehouse_moves (
  warehouse text        NOT NULL,
  sku       text        NOT NULL,
  moved_at  timestamptz NOT NULL,
  quantity  numeric     NOT NULL
);
CREATE INDEX warehouse_moves_by_product ON warehouse_moves (warehouse, sku);
