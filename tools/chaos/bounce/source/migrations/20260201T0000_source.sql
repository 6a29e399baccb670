-- The messages that were committed, by key and number: what the other side must come to.
CREATE TABLE produced (
  key    text NOT NULL,
  number int  NOT NULL,
  PRIMARY KEY (key, number)
);

-- The last number of each key. Locked to the commit, so that a lower number always means an earlier commit.
CREATE TABLE counters (
  key    text PRIMARY KEY,
  number int NOT NULL
);

-- How far each producer has come, and how far it may go for now.
CREATE TABLE slots (
  slot  int PRIMARY KEY,
  done  int NOT NULL DEFAULT 0,
  total int NOT NULL
);
