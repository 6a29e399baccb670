/** How large documents are dealt with. A class, so that it is its own token. */
export abstract class EdiSettings {
  /** Larger documents are kept first and read in the background. */
  abstract readonly largeBytes: number;
  /** Still larger ones are refused. */
  abstract readonly documentBytesMax: number;
}
