-- How often the holder of a claim vanished, killed or cut off, since it was planned or a person had it tried anew.
ALTER TABLE delivery ADD COLUMN vanished int NOT NULL DEFAULT 0;
