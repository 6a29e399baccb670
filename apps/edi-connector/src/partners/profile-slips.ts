import { CanonicalOrder } from '@railhead/contracts';
import type { z } from 'zod';
import { placeOfField } from '../inbound/required-fields.js';
import { slipsInAs2 } from './as2-slips.js';
import type { As2Profile } from './as2-profile.js';
import { schemasFor } from './partner-schemas.js';
import { slipsInKeys } from './sftp-slips.js';
import type { Slip } from './slip.js';

/** The releases that what a partner must send is looked up in. */
const RELEASES = ['004010', '005010'];

/**
 * What a profile asks for that can never come: a slip of the pen. Profiles are held to it when they are saved, and not when
 * they are read again.
 */
export function slipsIn(profile: {
  readonly requiredFields: readonly string[];
  readonly schemas: readonly unknown[];
  readonly as2?: As2Profile | undefined;
  readonly sftpLogin?: { readonly publicKeys: readonly string[] } | undefined;
  readonly delimiters?: Readonly<Record<string, string | undefined>> | undefined;
}): readonly Slip[] {
  const fields = profile.requiredFields.flatMap((field, n) => {
    const message = field.startsWith('/') ? slipInPointer(field) : slipInPlace(field, profile);
    return message === undefined ? [] : [{ path: ['requiredFields', n], message }];
  });
  const as2 = profile.as2 === undefined ? [] : slipsInAs2(profile.as2);
  const keys = slipsInKeys(profile.sftpLogin?.publicKeys ?? []);
  return [...fields, ...as2, ...keys, ...slipsInDelimiters(profile.delimiters ?? {})];
}

/** A delimiter of two bytes would push the others out of their columns. */
function slipsInDelimiters(delimiters: Readonly<Record<string, string | undefined>>): Slip[] {
  return Object.entries(delimiters).flatMap(([name, character = '*']) =>
    /^[\x01-\x7e]$/.test(character)
      ? []
      : [{ path: ['delimiters', name], message: 'a delimiter is one character of ASCII' }],
  );
}

function slipInPlace(field: string, profile: { readonly schemas: readonly unknown[] }): string | undefined {
  const place = placeOfField(field);
  if (place === undefined)
    return `${field} is no place: BEG04, TD5, REF*DP and N1*ST/04 are, and /delivery/requestedTo`;
  const sets = RELEASES.flatMap((release) => schemasFor(profile).find('850', release) ?? []);
  const rules = sets.flatMap(({ rules: all }) => all.get(place.segment) ?? []);
  if (rules.length === 0) return `${place.segment} stands in no 850`;
  const hasElement = rules.some(({ elements, hasRest }) => hasRest || place.element <= elements.length);
  return hasElement ? undefined : `${place.segment} has ${rules[0]?.elements.length} elements, there is no ${field}`;
}

function slipInPointer(field: string): string | undefined {
  const steps = field.slice(1).split('/');
  const known = steps.findIndex((_, n) => !isField(CanonicalOrder, steps.slice(0, n + 1)));
  return known < 0 ? undefined : `an order has no /${steps.slice(0, known + 1).join('/')}`;
}

interface Definition {
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  /** Of what is optional or has a default, and of what is changed when it is read. */
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
}

function isField(schema: z.ZodType, [step, ...rest]: readonly string[]): boolean {
  const { shape, element, valueType, innerType, in: before } = schema.def as unknown as Definition;
  const inner = innerType ?? before;
  if (inner !== undefined) return isField(inner, step === undefined ? [] : [step, ...rest]);
  if (step === undefined) return true;
  if (shape !== undefined) return Object.hasOwn(shape, step) && isField(shape[step] as z.ZodType, rest);
  if (element !== undefined) return /^(\*|\d+)$/.test(step) && isField(element, rest);
  return valueType !== undefined && isField(valueType, rest);
}
