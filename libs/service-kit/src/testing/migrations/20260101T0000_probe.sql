-- What the service of the tests did, in the order it did it.
CREATE TABLE effects (
  effect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key       text   NOT NULL,
  what      text   NOT NULL
);

-- Facts from another topic that its handler may need.
CREATE TABLE facts (
  key text PRIMARY KEY
);
