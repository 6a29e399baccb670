-- Deliveries are taken up oldest first, per kind: a backlog of a hundred thousand must not be sorted for every few of it.
CREATE INDEX delivery_in_turn ON delivery (kind, delivery_id) WHERE state IN ('planned', 'sending', 'unknown');
DROP INDEX delivery_due;

-- What was given up is counted at every scrape.
CREATE INDEX delivery_failed ON delivery (delivery_id) WHERE state = 'failed';
