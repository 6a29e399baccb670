-- A sales order that the ERP holds: which order it is, the external reference that it carries there, and the ERP's own
-- number of it (empty when the ERP gave none).
CREATE TABLE sales_orders (
  external_reference uuid        PRIMARY KEY,
  order_id           uuid        NOT NULL,
  erp_number         text        NOT NULL,
  confirmed_at       timestamptz NOT NULL
);
CREATE INDEX sales_orders_by_order ON sales_orders (order_id);
