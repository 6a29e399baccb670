-- A stream is known by the first half of the SHA-256 of its names instead of by the names: rows and index entries are
-- written for every event, and the names are most of what was written.
ALTER TABLE inbox ADD COLUMN stream uuid;
UPDATE inbox SET stream = encode(substring(sha256(convert_to(concat_ws(E'\n', topic, source, key), 'UTF8')) FOR 16), 'hex')::uuid;
ALTER TABLE inbox DROP CONSTRAINT inbox_pkey, DROP COLUMN topic, DROP COLUMN source, DROP COLUMN key, ADD PRIMARY KEY (stream);

ALTER TABLE stream_head ADD COLUMN stream uuid;
UPDATE stream_head SET stream = encode(substring(sha256(convert_to(concat_ws(E'\n', topic, key), 'UTF8')) FOR 16), 'hex')::uuid;
ALTER TABLE stream_head DROP CONSTRAINT stream_head_pkey, DROP COLUMN topic, DROP COLUMN key, ADD PRIMARY KEY (stream);

-- Packed headers; rows from before are recognized by their first byte.
ALTER TABLE outbox ALTER COLUMN headers TYPE bytea USING convert_to(headers, 'UTF8');
