-- The days on which an order is wanted, as JSON, to be passed on to the warehouse; null: it names none, or other ones since.
ALTER TABLE orders ADD COLUMN dates text;
COMMENT ON COLUMN orders.places IS 'JSON: the places and days that the order is split by; null where all of it goes to one place at one time';
