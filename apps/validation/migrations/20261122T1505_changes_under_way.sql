-- Changes that were found possible and are not made or refused yet: how many, and the lines as they will be when all of them
-- are made (null: none is under way). The next change is judged by these.
ALTER TABLE orders ADD COLUMN under_way int NOT NULL DEFAULT 0, ADD COLUMN wanted bytea;
