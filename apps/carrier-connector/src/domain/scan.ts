import type { TrackStatus } from '@railhead/contracts';

/** What a carrier says about one parcel at one moment, in our words. */
export interface Scan {
  /** Capitals, no blanks. */
  readonly trackingNumber: string;
  /** Who carried it, as far as the sender says; the sender of the message otherwise. */
  readonly carrier: string;
  readonly status: TrackStatus;
  /** The carrier's own code for it. */
  readonly carrierCode: string;
  readonly description?: string | undefined;
  /** UTC with milliseconds, so that texts compare as times do. */
  readonly occurredAt: string;
  /** False: the sender gave local time without a zone; it was read as UTC. */
  readonly zoneKnown: boolean;
  readonly city?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly country?: string | undefined;
  readonly signedBy?: string | undefined;
  /** New day of arrival, where the carrier names one. */
  readonly expectedOn?: string | undefined;
}

/** A scan as we keep it. */
export interface KeptScan extends Scan {
  readonly scanId: string;
  /** The carriers that its sender was proved to be. Undefined: the sender speaks for many. */
  readonly speaksFor?: readonly string[] | undefined;
}
