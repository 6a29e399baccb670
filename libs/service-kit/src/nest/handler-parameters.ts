import { ModulesContainer } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import type { INestApplicationContext } from '@nestjs/common';

const PATTERN_METADATA = 'microservices:pattern';

/**
 * Nest hands a handler its payload only, unless the parameters are decorated. Ours all have the same two, a batch and the
 * transaction, so that is said once, here, instead of on every handler.
 */
export function giveHandlersTheirTransaction(app: INestApplicationContext): void {
  for (const nestModule of app.get(ModulesContainer).values()) {
    for (const { metatype } of nestModule.controllers.values()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (prototype === undefined) continue;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value; // a getter must not run here
        if (typeof method !== 'function' || !Reflect.hasMetadata(PATTERN_METADATA, method)) continue;
        Payload()(prototype, name, 0);
        Ctx()(prototype, name, 1);
      }
    }
  }
}
