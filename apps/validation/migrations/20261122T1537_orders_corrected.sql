-- A refused order may come corrected under its number, but not one that its buyer withdrew: fulfillment would cancel it at once.
-- Of orders refused while they were held nobody knows any more which of the two it was.
ALTER TABLE orders ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
UPDATE orders SET withdrawn = true WHERE state = 'rejected' AND document IS NOT NULL;
