-- A group is its partner's: what another partner writes into GS02 uses up none of its numbers. `sets` are the control
-- numbers of the sets that were taken of it, as JSON runs, [["850",1,40]], so that they need no row each. `control_number`
-- has the date of the interchange behind it (5@260203) where the partner begins its numbers anew.
ALTER TABLE group_numbers ADD COLUMN partner text NOT NULL DEFAULT '', ADD COLUMN sets text NOT NULL DEFAULT '[]';
UPDATE group_numbers g SET partner = d.partner FROM documents d WHERE d.document_id = g.document_id;
ALTER TABLE group_numbers
  DROP CONSTRAINT group_numbers_once,
  ADD CONSTRAINT group_numbers_once PRIMARY KEY (partner, sender, receiver, functional_id, control_number);

-- A set that was taken under the number of a group that came before, and whose number therefore does not stand in the row
-- of that group. Kept only for partners whose used set numbers are to be refused.
CREATE TABLE set_numbers (
  partner        text NOT NULL,
  sender         text NOT NULL,
  receiver       text NOT NULL,
  functional_id  text NOT NULL,
  control_number text NOT NULL,
  set_code       text NOT NULL,
  set_number     text NOT NULL,
  document_id    uuid NOT NULL REFERENCES documents,
  CONSTRAINT set_numbers_once
    PRIMARY KEY (partner, sender, receiver, functional_id, control_number, set_code, set_number)
);

-- What was odd about a document and taken all the same, as JSON issues: numbers that came before.
ALTER TABLE documents ADD COLUMN notes text;
CREATE INDEX documents_noted ON documents (partner, received_at) WHERE notes IS NOT NULL;
