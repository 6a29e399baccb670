-- What people have to see to, as lists show it, holds included: of an order, or of a document that belongs to none (then `file_id` is its
-- own). Folded from the facts as `orders` is; can be dropped and folded again at any time.
CREATE TABLE tasks (
  task_id    uuid        PRIMARY KEY,
  file_id    uuid        NOT NULL,
  kind       text        NOT NULL,
  owner_role text        NOT NULL,
  detail     text        NOT NULL,
  state      text        NOT NULL,
  opened_at  timestamptz NOT NULL,
  due_at     timestamptz
);
CREATE INDEX tasks_open ON tasks (opened_at, task_id) WHERE state IN ('open', 'claimed');

-- What was decided about a copy of an order that says otherwise: once, by whom and why.
CREATE TABLE copy_decisions (
  event_id   uuid        PRIMARY KEY,
  order_id   uuid        NOT NULL,
  action     text        NOT NULL CHECK (action IN ('accept', 'discard')),
  decided_by text        NOT NULL,
  reason     text        NOT NULL,
  decided_at timestamptz NOT NULL
);

-- Tasks and holds that were told before are folded once more.
INSERT INTO orders_to_fold (order_id)
SELECT DISTINCT f.file_id FROM facts f JOIN schemas s USING (schema_no) WHERE s.type LIKE 'task.%' OR s.type = 'hold.placed.v1';
