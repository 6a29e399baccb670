-- One row: when reference data was last taken in. While it is coming in, a product that is not known may be on its way.
CREATE TABLE reference_reads (
  only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  read_at  timestamptz NOT NULL
) WITH (fillfactor = 10);
