-- Lines and shipments of an order live in its row: what is read and written together stands together. An order of five
-- lines was sixteen rows and as many index entries, each written twice; it is one row, written twice.
ALTER TABLE orders ADD COLUMN lines text, ADD COLUMN shipments text;
UPDATE orders o SET
  lines = (SELECT json_agg(json_build_array(line_id, sku, unit_code, ordered::text, allocated::text, shipped::text, cancelled::text) ORDER BY place)
             FROM order_lines l WHERE l.order_id = o.order_id)::text,
  shipments = coalesce((SELECT json_agg(json_build_array(shipment_id, number, state, confirmation, lines::json) ORDER BY number)
             FROM shipments s WHERE s.order_id = o.order_id)::text, '[]');
ALTER TABLE orders ALTER COLUMN lines SET NOT NULL, ALTER COLUMN shipments SET NOT NULL, SET (fillfactor = 50);
COMMENT ON COLUMN orders.lines IS 'JSON: [[line id, sku, unit, ordered, allocated, shipped, cancelled], …], quantities as decimal strings';
COMMENT ON COLUMN orders.shipments IS 'JSON: [[shipment id, number, state, fingerprint of the confirmation, [[line id, quantity], …]], …]';
DROP TABLE order_lines, shipments;

-- How far each line has come. What is neither allocated, shipped nor cancelled waits for stock.
CREATE VIEW order_lines AS
SELECT order_id, line ->> 0 AS line_id, line ->> 1 AS sku, line ->> 2 AS unit_code, (line ->> 3)::numeric AS ordered,
       (line ->> 4)::numeric AS allocated, (line ->> 5)::numeric AS shipped, (line ->> 6)::numeric AS cancelled
  FROM orders, json_array_elements(lines::json) AS line;

-- Requests to the warehouse and what became of them.
CREATE VIEW shipments AS
SELECT order_id, (shipment ->> 1)::int AS number, (shipment ->> 0)::uuid AS shipment_id, shipment ->> 2 AS state,
       (shipment ->> 3)::uuid AS confirmation, shipment ->> 4 AS lines
  FROM orders, json_array_elements(orders.shipments::json) AS shipment;

-- Where and when it is wanted as bytes, a third of its JSON; rows from before are recognized by their first byte.
ALTER TABLE orders ALTER COLUMN delivery TYPE bytea USING convert_to(delivery, 'UTF8');
