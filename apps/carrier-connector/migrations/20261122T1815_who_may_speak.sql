-- Who a shipment was given to, as its warehouse wrote it. Absent: learned before this was kept, and anybody speaks of it.
ALTER TABLE shipments ADD COLUMN carrier text;

-- The carriers that the sender's secret proves, parted by `+`. Absent: the sender speaks for many.
ALTER TABLE scans ADD COLUMN speaks_for text;

COMMENT ON TABLE tracked IS 'Scans that were announced as shipment.tracked, per shipment, or left out because their sender may not speak of it.';
