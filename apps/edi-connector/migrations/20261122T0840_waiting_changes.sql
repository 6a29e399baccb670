-- An 860 that came before its 850 is held, and goes on by itself when its order is captured: found by the number of the order.
CREATE INDEX messages_waiting_for_order ON messages (partner, upper(reference)) WHERE state = 'held' AND document_type = '860';
