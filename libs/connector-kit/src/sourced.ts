/**
 * A value with the place that each of its fields came from: JSON pointers of the value to pointers of the document.
 * Places of fields that the value does not have are left out.
 */
export class Sourced<T> {
  private constructor(
    readonly value: T,
    readonly fields: Readonly<Record<string, string>>,
  ) {}

  static of<T>(value: T, fields: Readonly<Record<string, string>>): Sourced<T> {
    return new Sourced(value, Object.fromEntries(Object.entries(fields).filter(([pointer]) => has(value, pointer))));
  }

  /** The list of the values; a field's pointer starts with the index of its value. */
  static list<T>(items: readonly Sourced<T>[]): Sourced<T[]> {
    return new Sourced(
      items.map((item) => item.value),
      Object.assign({}, ...items.map((item, index) => item.under(`/${index}`))) as Record<string, string>,
    );
  }

  /** The places, for a value that stands at `pointer` of a larger one. */
  under(pointer: string): Record<string, string> {
    return Object.fromEntries(Object.entries(this.fields).map(([field, place]) => [pointer + field, place]));
  }
}

function has(value: unknown, pointer: string): boolean {
  let at = value;
  for (const step of pointer.split('/').slice(1)) {
    if (at === null || typeof at !== 'object') return false;
    at = (at as Record<string, unknown>)[step];
  }
  return at !== undefined;
}
