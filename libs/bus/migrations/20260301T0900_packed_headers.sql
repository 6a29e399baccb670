-- Headers as bytes, a third of their JSON; rows from before are recognized by their first byte.
ALTER TABLE log ALTER COLUMN headers TYPE bytea USING convert_to(headers, 'UTF8');
ALTER TABLE log ALTER COLUMN headers SET STORAGE MAIN;
