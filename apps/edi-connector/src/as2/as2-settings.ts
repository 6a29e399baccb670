import { OurKeys } from './our-keys.js';

/** What AS2 needs to know of this installation. */
export abstract class As2Settings {
  abstract readonly keys: OurKeys;
  /** Where partners post to: ours, as the outside sees it. Receipts that come later are sent there. */
  abstract readonly url: string | undefined;
  /** A port besides, for servers that fold header lines; absent: there is none. */
  abstract readonly port: number | undefined;
  /** Largest message, and largest payload, unpacked. */
  abstract readonly bytesMax: number;
  /** Larger payloads go to our door before the receipt, the others after it. */
  abstract readonly largeBytes: number;
  /** Where large messages lie until it is their turn. */
  abstract readonly home: string;
}
