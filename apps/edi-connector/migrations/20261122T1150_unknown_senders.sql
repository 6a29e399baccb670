-- Documents that came without a name on them, of a sender that nobody knew: they wait for a profile, or for somebody who drops them.
CREATE INDEX documents_of_nobody ON documents (received_at, document_id) WHERE partner = '' AND outcome = 'rejected';

-- What was decided about such a document, by whom and why.
CREATE TABLE unknown_sender_decisions (
  document_id uuid        NOT NULL REFERENCES documents,
  action      text        NOT NULL CHECK (action IN ('retry', 'discard')),
  decided_by  text        NOT NULL,
  reason      text        NOT NULL,
  decided_at  timestamptz NOT NULL
);
