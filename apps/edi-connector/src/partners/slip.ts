/** Something that a new profile must not say, at its place. */
export interface Slip {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
