-- An order that was changed or cancelled after the ERP was to be told of it: how it is now, and how far the ERP is told.
-- One revision at a time is under way. The row of the order in `delivery` (its creation) is locked before this one.
CREATE TABLE sales_order_revisions (
  order_id       uuid PRIMARY KEY,
  correlation_id text NOT NULL,
  -- Counts from 1; `document` is this one, as JSON.
  revision       int  NOT NULL,
  document       text NOT NULL,
  -- The last one that was planned; 0: the creation is still under way. Revisions in between are not told one by one.
  planned        int  NOT NULL,
  -- The last one that came to an end: taken by the ERP, or given up.
  ended          int  NOT NULL,
  CONSTRAINT sales_order_revisions_in_turn CHECK (ended <= planned AND planned <= revision)
);
