-- Who adds a fact adds a mark; a fold takes the marks it sees and then reads all facts of their orders. With one row per
-- order, writers and folds waited for each other's rows, and now and then in a circle.
ALTER TABLE orders_to_fold DROP CONSTRAINT orders_to_fold_pkey;
ALTER TABLE orders_to_fold ADD COLUMN mark bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
CREATE INDEX orders_to_fold_by_order ON orders_to_fold (order_id);
