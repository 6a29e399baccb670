-- How often an event of a type about a key took effect here. Adding one is not idempotent, and that is the point.
CREATE TABLE tally (
  type  text NOT NULL,
  key   text NOT NULL,
  count int  NOT NULL,
  PRIMARY KEY (type, key)
);
