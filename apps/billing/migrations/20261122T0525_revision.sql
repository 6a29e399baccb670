-- Counts the changes that were made of an order after it was validated; 0 before the first. A shipment of a later revision waits.
ALTER TABLE orders ADD COLUMN revision int NOT NULL DEFAULT 0;
