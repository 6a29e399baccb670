-- How much of an order's goods its allowances may be, in per cent, before a person must look; NULL: all of them.
ALTER TABLE customers ADD COLUMN allowance_percent_max numeric;
