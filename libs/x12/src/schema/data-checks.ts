/** Something wrong with data that was given to us. */
export interface DataFault {
  /** Where: keys and indexes, from the outside in. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Looks at a value and says what is wrong with it. */
export type DataCheck = (value: unknown, path: DataFault['path']) => readonly DataFault[];

const fault = (path: DataFault['path'], message: string): readonly DataFault[] => [{ path, message }];

/** A text that `isGood` does not object to. @param isGood - May throw RangeError to say why not. */
export function textOf(lengthMax: number, isGood: (text: string) => void = () => undefined): DataCheck {
  return (value, path) => {
    if (typeof value !== 'string' || value === '') return fault(path, 'a text is wanted');
    if (value.length > lengthMax) return fault(path, `longer than ${lengthMax} characters`);
    try {
      isGood(value);
      return [];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return fault(path, error.message);
    }
  };
}

export function wholeNumber(min: number, max: number): DataCheck {
  return (value, path) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : fault(path, `a whole number from ${min} to ${max} is wanted`);
}

/** A list that is not empty. */
export function listOf(member: DataCheck, max: number): DataCheck {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0) return fault(path, 'a list of at least one is wanted');
    if (value.length > max) return fault(path, `more than ${max}`);
    return value.flatMap((one, n) => member(one, [...path, n]));
  };
}

/** An object whose keys are data as well. */
export function mapOf(key: DataCheck, member: DataCheck, max: number): DataCheck {
  return (value, path) => {
    if (!isObject(value)) return fault(path, 'an object is wanted');
    const entries = Object.entries(value);
    if (entries.length > max) return fault(path, `more than ${max}`);
    return entries.flatMap(([name, one]) => [...key(name, [...path, name]), ...member(one, [...path, name])]);
  };
}

/** An object with these fields and no others. */
export function record(fields: Readonly<Record<string, DataCheck>>, needed: readonly string[] = []): DataCheck {
  return (value, path) => {
    if (!isObject(value)) return fault(path, 'an object is wanted');
    const missing = needed.filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.flatMap((name) => fault([...path, name], 'is needed')),
      ...Object.entries(value).flatMap(([name, one]) => {
        const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
        return (
          check?.(one, [...path, name]) ??
          fault([...path, name], `unknown; known are ${Object.keys(fields).join(', ')}`)
        );
      }),
    ];
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
