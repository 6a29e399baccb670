-- A message that was given up and that a person has tried anew is packed anew first: its certificate, names or protection may be
-- what the partner had against it.
ALTER TABLE as2_sent ADD COLUMN is_stale boolean NOT NULL DEFAULT false;
