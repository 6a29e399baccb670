-- An order is updated when it is shipped and when it is settled, an invoice when it is paid: their next versions fit
-- beside them, and no index entry is written.
ALTER TABLE orders SET (fillfactor = 50);
ALTER TABLE invoices SET (fillfactor = 60);
