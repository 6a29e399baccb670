-- Who may call: a person or a program. Of the secret only its SHA-256 is kept.
CREATE TABLE api_keys (
  key_id        text        PRIMARY KEY,
  name          text        NOT NULL,
  secret_sha256 bytea       NOT NULL CHECK (octet_length(secret_sha256) = 32),
  roles         text[]      NOT NULL CHECK (cardinality(roles) > 0),
  account_id    text,
  created_at    timestamptz NOT NULL,
  created_by    text        NOT NULL,
  expires_at    timestamptz,
  revoked_at    timestamptz
);
