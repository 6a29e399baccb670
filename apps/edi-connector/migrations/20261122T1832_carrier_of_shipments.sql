-- Whom a shipment was given to, as its warehouse wrote it. Absent: not dispatched yet, or before this was kept.
ALTER TABLE shipments ADD COLUMN carrier text;
