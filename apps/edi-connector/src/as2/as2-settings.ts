import { OurKeys } from './our-keys.js';

/** What AS2 needs to know of this installation. */
export abstract class As2Settings {
  abstract readonly keys: OurKeys;
  /** Where partners post to: ours, as the outside sees it. Receipts that come later are sent there. */
  abstract readonly url: string | undefined;
  /** Largest payload, unpacked. */
  abstract readonly bytesMax: number;
}
