-- The same 860 a second time is a duplicate, unless another one about its order came in between: to 12, to 10, and back to
-- 12 are three wishes. `turn` is the order in which they came, also of those of one interchange.
ALTER TABLE messages ADD COLUMN turns_of uuid, ADD COLUMN turn bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX messages_turns ON messages (turns_of, turn) WHERE turns_of IS NOT NULL;
