-- What a carrier posted, byte for byte. The same bytes again are the same message.
CREATE TABLE messages (
  message_id  uuid        PRIMARY KEY,
  carrier     text        NOT NULL,
  sha256      text        NOT NULL,
  body        bytea       NOT NULL,
  received_at timestamptz NOT NULL,
  readable    boolean     NOT NULL,
  faults      text        NOT NULL,
  CONSTRAINT messages_once UNIQUE (carrier, sha256)
);

-- Every tracking number that a shipment or a scan named. Whoever adds to a number locks its row first, so that a shipment
-- and a scan that arrive at the same moment see each other.
CREATE TABLE tracking_numbers (
  tracking_number text PRIMARY KEY
);

-- One scan of one parcel. Its id is made from what it says, because carriers give none.
CREATE TABLE scans (
  scan_id         uuid        PRIMARY KEY,
  tracking_number text        NOT NULL REFERENCES tracking_numbers,
  carrier         text        NOT NULL,
  status          text        NOT NULL,
  carrier_code    text        NOT NULL,
  description     text,
  occurred_at     timestamptz NOT NULL,
  zone_known      boolean     NOT NULL,
  city            text,
  subdivision     text,
  country         text,
  signed_by       text,
  expected_on     text,
  message_id      uuid        NOT NULL REFERENCES messages
);
CREATE INDEX scans_by_tracking_number ON scans (tracking_number);

-- Shipments that left the warehouse, and what we announced about each so far.
-- Scans from before scans_from or after scans_to belong to another shipment: carriers use numbers again.
CREATE TABLE shipments (
  shipment_id   uuid        PRIMARY KEY,
  order_id      uuid        NOT NULL,
  scans_from    timestamptz NOT NULL,
  scans_to      timestamptz NOT NULL,
  delivered_at  timestamptz,
  delayed_since timestamptz,
  trouble       text,
  correlation_id text       NOT NULL
);

-- The parcels of a shipment. One parcel may hold goods of two shipments.
CREATE TABLE parcels (
  shipment_id     uuid NOT NULL REFERENCES shipments,
  tracking_number text NOT NULL REFERENCES tracking_numbers,
  PRIMARY KEY (tracking_number, shipment_id)
);
CREATE INDEX parcels_by_shipment ON parcels (shipment_id);

-- Scans that were announced as shipment.tracked, per shipment.
CREATE TABLE tracked (
  shipment_id uuid NOT NULL REFERENCES shipments,
  scan_id     uuid NOT NULL REFERENCES scans,
  PRIMARY KEY (shipment_id, scan_id)
);
