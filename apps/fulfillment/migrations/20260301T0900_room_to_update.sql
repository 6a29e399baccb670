-- Every line and every shipment is updated once at least: half of each page stays free, so that the row's next version
-- fits beside it and no index entry is written for it.
ALTER TABLE order_lines SET (fillfactor = 50);
ALTER TABLE shipments SET (fillfactor = 50);
