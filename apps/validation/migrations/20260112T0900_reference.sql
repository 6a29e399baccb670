-- Our copy of the reference data that an order is judged by.

-- A customer: terms and credit, and what of the credit is used by orders that are validated and not yet paid.
CREATE TABLE customers (
  account_id              text    PRIMARY KEY,
  name                    text    NOT NULL,
  currency                text    NOT NULL,
  credit_limit_minor      bigint  NOT NULL,
  net_days                int     NOT NULL,
  blocked                 boolean NOT NULL,
  price_tolerance_percent numeric NOT NULL DEFAULT 0,
  exposure_minor          bigint  NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- Something we sell or sold.
CREATE TABLE products (
  sku         text    PRIMARY KEY,
  name        text    NOT NULL,
  unit_code   text    NOT NULL,
  sellable    boolean NOT NULL,
  tax_percent numeric
);

-- Every id a product is known by, its own sku among them.
CREATE TABLE product_ids (
  id  text NOT NULL,
  sku text NOT NULL REFERENCES products,
  PRIMARY KEY (id, sku)
);

-- A price for one account, or for everybody (account_id is empty).
CREATE TABLE prices (
  sku           text    NOT NULL,
  currency      text    NOT NULL,
  account_id    text    NOT NULL DEFAULT '',
  amount        numeric NOT NULL,
  base_quantity numeric NOT NULL DEFAULT 1,
  PRIMARY KEY (sku, currency, account_id)
);
