-- What a change is judged against: the lines as they were judged or changed last, with their prices (`prices` is of orders
-- from before). `revision` counts the changes that were found possible, `change_sequence` is the buyer's number of the last.
ALTER TABLE orders
  ADD COLUMN lines           bytea,
  ADD COLUMN revision        int NOT NULL DEFAULT 0,
  ADD COLUMN change_sequence int NOT NULL DEFAULT 0;
