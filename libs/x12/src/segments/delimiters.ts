/** The characters that cut an interchange into pieces. Each interchange declares its own in its ISA. */
export interface Delimiters {
  readonly element: string;
  readonly segment: string;
  /** ISA16; absent when the sender left it empty. */
  readonly component?: string;
  /** ISA11 from version 00402 on, where it is not a letter, digit or space. */
  readonly repetition?: string;
}
