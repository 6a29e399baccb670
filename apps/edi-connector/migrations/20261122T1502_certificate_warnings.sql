-- An AS2 certificate of a partner, or ours, that ends soon or has ended with no other behind it, and the task that says so. The
-- row goes when another one follows: a restart neither forgets that a task is open nor opens it twice.
CREATE TABLE certificate_warnings (
  whose   text        NOT NULL,
  ends_at timestamptz NOT NULL,
  task_id uuid        NOT NULL,
  PRIMARY KEY (whose, ends_at)
);
