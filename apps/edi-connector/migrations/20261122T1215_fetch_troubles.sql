-- A partner whose SFTP server we could not fetch from when we last wanted to, since when, and the task that says so. The row
-- goes when a fetch went well: a restart neither forgets that a task is open nor opens it twice.
CREATE TABLE fetch_troubles (
  partner text        PRIMARY KEY,
  since   timestamptz NOT NULL,
  task_id uuid
);
