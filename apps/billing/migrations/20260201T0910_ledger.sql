-- A line of a journal entry. Debit above zero, credit below. Entries are never changed, only followed by others.
CREATE TABLE ledger (
  entry_id     uuid   NOT NULL, -- the invoice, the payment or the application that is booked
  account      text   NOT NULL CONSTRAINT ledger_account_known
    CHECK (account IN ('receivable', 'revenue', 'tax', 'freight', 'discounts', 'cash', 'unapplied')),
  amount_minor bigint NOT NULL CONSTRAINT ledger_amount_not_zero CHECK (amount_minor <> 0),
  currency     text   NOT NULL,
  booked_on    date   NOT NULL,
  CONSTRAINT ledger_account_once_per_entry PRIMARY KEY (entry_id, account)
);

-- Looked at when the transaction commits: by then the entry must be complete.
CREATE FUNCTION ledger_entry_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger WHERE entry_id = NEW.entry_id GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'journal entry % does not add up to zero', NEW.entry_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balances', TABLE = 'ledger';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_must_balance();

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: book a contrary entry'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_append_only', TABLE = 'ledger';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
