-- Since when a message has been looking for its fact; what it spent queueing behind another does not count.
ALTER TABLE parked ADD COLUMN awaits_since timestamptz;
UPDATE parked SET awaits_since = first_parked_at WHERE state = 'awaiting';
