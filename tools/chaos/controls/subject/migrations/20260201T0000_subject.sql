-- What the subject did, in the order it did it. A second row for a message that comes again is possible, and that is the point.
CREATE TABLE effects (
  effect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key       text   NOT NULL,
  number    int    NOT NULL,
  process   int    NOT NULL
);
CREATE INDEX effects_by_message ON effects (key, number);

-- Messages that cannot be handled as long as they stand here.
CREATE TABLE refused (
  key    text NOT NULL,
  number int  NOT NULL,
  PRIMARY KEY (key, number)
);

-- One row for every batch the bus handed over: how many records it had, and how many of them were not new.
CREATE TABLE deliveries (
  records int NOT NULL,
  again   int NOT NULL
);
