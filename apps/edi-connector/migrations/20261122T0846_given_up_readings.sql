-- How often our reader gave a document up: each time is a task of its own.
ALTER TABLE readings ADD COLUMN given_up int NOT NULL DEFAULT 0;
