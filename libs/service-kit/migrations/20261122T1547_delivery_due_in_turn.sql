-- With the time in it the index alone says what is due: tens of thousands of deliveries that wait for a partner who is away
-- are passed over without reading one of them.
DROP INDEX delivery_in_turn;
CREATE INDEX delivery_in_turn ON delivery (kind, delivery_id, next_at) WHERE state IN ('planned', 'sending', 'unknown');
