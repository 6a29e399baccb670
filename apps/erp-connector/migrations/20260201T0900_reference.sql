-- How often and with what result the file of each kind was read; one row per kind. The row is locked while its file is
-- taken over, so that two processes on one folder publish a change once.
CREATE TABLE imports (
  kind      text        PRIMARY KEY CHECK (kind IN ('products', 'prices', 'customers', 'stock')),
  file_name text        NOT NULL,
  sha256    text        NOT NULL,
  taken_at  timestamptz NOT NULL,
  rows_read int         NOT NULL DEFAULT 0,
  published int         NOT NULL DEFAULT 0,
  faults    int         NOT NULL DEFAULT 0
);

-- What was published last about each product, price, customer and stock place.
-- stated: what the file's row said, to tell whether it changed; empty once the row has gone from the file.
CREATE TABLE published_rows (
  kind         text        NOT NULL REFERENCES imports,
  key          text        NOT NULL,
  stated       text        NOT NULL,
  data         text        NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (kind, key)
);

-- What is wrong with the file of a kind as it was last read: its next reading replaces these rows.
CREATE TABLE import_issues (
  issue_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text        NOT NULL REFERENCES imports,
  file_name   text        NOT NULL,
  place       text        NOT NULL,
  column_name text        NOT NULL,
  message     text        NOT NULL,
  seen_at     timestamptz NOT NULL
);
CREATE INDEX import_issues_by_kind ON import_issues (kind, issue_id);
