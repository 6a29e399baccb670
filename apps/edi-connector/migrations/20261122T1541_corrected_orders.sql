-- An order that was refused may come corrected under its number: our answers then speak in the words of the correction. `turn`
-- counts them; `next_…` are the words of a copy that came before we were told that the first is refused.
ALTER TABLE orders ADD COLUMN turn int NOT NULL DEFAULT 1, ADD COLUMN is_refused boolean NOT NULL DEFAULT false,
  ADD COLUMN next_issued_on text, ADD COLUMN next_echo bytea;
