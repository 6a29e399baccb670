-- The document of an order is kept only while a person has to decide about it; of the others, what its lines cost.
-- Orders from before keep their document, and no credit comes back line by line for them until they are settled.
ALTER TABLE orders ALTER COLUMN document DROP NOT NULL;
ALTER TABLE orders ADD COLUMN prices bytea;
COMMENT ON COLUMN orders.document IS 'order.captured data, encoded; null unless the order was held';
