import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { Bus } from '@railhead/bus';
import { Database } from '@railhead/database';
import { GivenUpDeliveries } from '../delivery/given-up.js';
import { EventCodec } from '../events/event-codec.js';
import { AccessGuard } from '../http/access.guard.js';
import { Authenticator, NobodyAuthenticator } from '../http/access.js';
import { DeliveriesController } from '../http/deliveries.controller.js';
import { OpsController } from '../http/ops.controller.js';
import { Outbox } from '../runner/outbox.js';
import { ParkedMessages } from '../runner/parking.js';
import { Work } from '../runner/work.js';
import { Clock } from '../runtime/clock.js';
import { ServiceMetrics } from '../runtime/metrics.js';
import { ServiceContext } from './service-context.js';
import type { RunningParts } from './start-service.js';

/** What every service gets: its database, bus, clock, `Work`, health, metrics, the access guard. Global: import once. */
@Module({})
export class ServiceKitModule {
  /** @param authenticator - A provider of {@link Authenticator}, for services that know API keys. */
  static forService(parts: RunningParts, authenticator?: Provider<Authenticator>): DynamicModule {
    const providers: Provider[] = [
      Reflector,
      { provide: ServiceContext, useValue: parts.context },
      { provide: Database, useValue: parts.context.db },
      { provide: Bus, useValue: parts.context.bus },
      { provide: Clock, useValue: parts.context.clock },
      { provide: EventCodec, useValue: parts.context.codec },
      { provide: Outbox, useValue: parts.outbox },
      { provide: Work, useValue: parts.work },
      { provide: ServiceMetrics, useValue: parts.metrics },
      { provide: GivenUpDeliveries, useValue: parts.givenUp },
      { provide: ParkedMessages, useValue: new ParkedMessages(parts.context.db) },
      authenticator ?? { provide: Authenticator, useClass: NobodyAuthenticator },
    ];
    return {
      module: ServiceKitModule,
      global: true,
      controllers: [OpsController, DeliveriesController],
      providers: [...providers, { provide: APP_GUARD, useClass: AccessGuard }],
      exports: providers.filter((provider) => provider !== Reflector),
    };
  }
}
