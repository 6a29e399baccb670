import type { Tx } from '@railhead/database';
import type { Partner } from '../partners/partner.js';
import type { TransportName } from '../partners/partner-parts.js';

/** One file on its way to a partner. */
export interface Parcel {
  /** As the profile stands now, which may be newer than when the document was planned. */
  readonly partner: Partner;
  /** Letters, digits, dots and dashes; carries the control number. */
  readonly fileName: string;
  readonly bytes: Buffer;
  /** The same at every try of the same document; `document:<id>` or `answer:<id>:<n>`. */
  readonly key: string;
  /** Row of `outbound`; absent for acknowledgements, which have none. */
  readonly documentId: string | undefined;
}

/** What `send` gives back when the partner confirms receipt later, in a message of its own (an asynchronous MDN). */
export const RECEIPT_LATER = 'receipt-later';

/**
 * A way to a partner. At least once: the document is known by its control number and file name, so that a second copy is
 * recognized. Add one: implement this and name it in `transports` of the module.
 */
export interface Transport {
  readonly name: TransportName;
  /**
   * Hands a parcel over; it is delivered when this returns, unless it returns {@link RECEIPT_LATER}: then the transport
   * calls `DocumentAxes.delivered` or `.undelivered` itself when it knows.
   *
   * @throws Failure: PARTNER_UNAVAILABLE and RATE_LIMITED wait and cost no attempt; PARTNER_OUTCOME_UNKNOWN is looked up
   * before it is sent again; PARTNER_REJECTED is given up and becomes a task.
   */
  send(parcel: Parcel): Promise<typeof RECEIPT_LATER | void>;
  /** Whether it arrived already. Asked before any second try. */
  lookUp(parcel: Parcel): Promise<'done' | 'not-done'>;
  /** A person has it tried anew after it was given up, where the transport keeps a note of that. */
  triedAnew?(key: string, tx: Tx): Promise<void>;
}

/** Between the key of a parcel and the number of a later try, which is a delivery of its own. */
export const TRY_MARK = '#';

/** The kind of delivery that goes over a transport. Folders keep the name they had before there were others. */
export function kindOf(transport: TransportName): string {
  return transport === 'folder' ? 'edi-file' : `edi-${transport}`;
}
