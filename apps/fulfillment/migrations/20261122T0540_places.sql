-- Where the parts of an order go that goes to several places: JSON; null where all of it goes to one.
ALTER TABLE orders ADD COLUMN places text;
