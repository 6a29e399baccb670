import { loadEnv } from '@railhead/service-kit';
import { z } from 'zod';
import { CARRIERS } from './carriers/carriers.js';

const NAMES = CARRIERS.map((carrier) => carrier.name);

/** A name, and behind it the carriers that the secret proves, as in `generic:UPS+UPSN`. */
const SENDER = /^([a-z]+)(?::([A-Z0-9]{1,20}(?:\+[A-Z0-9]{1,20})*))?$/;

/** `sender=secret`, parted by commas; a sender twice: both secrets count, while one replaces the other. */
const Secrets = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (part) => NAMES.includes(SENDER.exec(senderIn(part))?.[1] ?? ''),
          `starts with ${NAMES.join(', ')}, or with one of them and codes of carriers: generic:UPS+UPSN`,
        )
        .refine((part) => part.length > senderIn(part).length + 1, 'has a secret after the name: name=secret'),
    ),
  );

const Env = z.object({ CARRIER_SECRETS: Secrets });

/** Somebody who may post, and what proves it. */
export interface Sender {
  /** As in the settings: `generic`, or `generic:UPS+UPSN`. */
  readonly name: string;
  /** The carriers of whose shipments it may speak. Absent: it speaks for many, and of any. */
  readonly speaksFor?: readonly string[];
  readonly secret: string;
}

/** Who may post. A class, so that it can be injected by type. */
export class CarrierConfig {
  constructor(private readonly secrets: readonly string[]) {}

  /** None: nobody may post under this name. */
  sendersOf(carrier: string): readonly Sender[] {
    return this.secrets.map(senderOf).filter(({ name }) => SENDER.exec(name)?.[1] === carrier);
  }
}

function senderOf(part: string): Sender {
  const name = senderIn(part);
  const codes = SENDER.exec(name)?.[2]?.split('+');
  return { name, ...(codes && { speaksFor: codes }), secret: part.slice(name.length + 1) };
}

function senderIn(part: string): string {
  return part.split('=', 1)[0] ?? '';
}

/** Reads the environment once, at boot. @throws Error that names every bad variable and no secret. */
export function loadConfig(env: NodeJS.ProcessEnv): CarrierConfig {
  return new CarrierConfig(loadEnv(Env, env).CARRIER_SECRETS);
}
