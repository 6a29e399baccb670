-- Whether we told that the shop has sent of it itself.
ALTER TABLE shop_orders ADD COLUMN sent_by_shop boolean NOT NULL DEFAULT false;
