/** Why an interchange was not written. */
export type WriteFault =
  | 'DELIMITER_IN_DATA' // a value holds a delimiter; written, it would read as other data
  | 'CHARACTER_NOT_ALLOWED' // a control character, or one the encoding does not have
  | 'REPETITION_NOT_ALLOWED' // an element repeats in a version that knows no repetition
  | 'BINARY_NOT_ALLOWED' // binary data anywhere but behind its length in BIN or BDS
  | 'BAD_SEGMENT_ID'
  | 'BAD_ENVELOPE' // a header value too long, missing, or not a number
  | 'BAD_DELIMITERS';

/** Something cannot be written as X12. `place` is like `N102` or `ISA06`; the message never holds the value. */
export class X12WriteError extends Error {
  override readonly name = 'X12WriteError';

  constructor(
    readonly code: WriteFault,
    readonly place: string,
    message: string,
  ) {
    super(`${place}: ${message}`);
  }
}
