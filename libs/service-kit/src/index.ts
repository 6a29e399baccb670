export { planDeliveries, type Deliverer, type Delivery, type PlannedDelivery, type Say } from './delivery/delivery.js';
export { howToReplay, wasGivenUp } from './delivery/given-up.js';
export { announce, type Announcement, type Cause } from './events/announcement.js';
export { EventCodec } from './events/event-codec.js';
export { BuiltInSchemaIds, RegistrySchemaIds, SchemaIds } from './events/schema-ids.js';
export { childTraceparent } from './events/tracing.js';
export { AccessGuard, keyIn, sameSecret, type AuthenticatedRequest } from './http/access.guard.js';
export { Access, ACCESS, Authenticator, ROLES, type AccessRule, type Caller, type Role } from './http/access.js';
export { issuesOf, parseBody, type BodyIssue } from './http/parse-body.js';
export { ServiceContext } from './nest/service-context.js';
export { ServiceKitModule } from './nest/service-kit.module.js';
export {
  openBus,
  runService,
  startService,
  type RunningParts,
  type RunningService,
  type ServiceDefinition,
} from './nest/start-service.js';
export { Batch, type Awaiting, type HandlerResult, type Outcome } from './runner/handler.js';
export { Outbox } from './runner/outbox.js';
export { ParkedMessages, type Parked } from './runner/parking.js';
export { Work } from './runner/work.js';
export { Clock, systemClock } from './runtime/clock.js';
export { KitEnv, loadEnv } from './runtime/config.js';
export { CRASH_POINTS, crashPoint, GUARDS, guardIsOff, type CrashPoint, type Guard } from './runtime/crash.js';
export { Failure, FAILURE_CODES, isInfrastructure, type FailureCode, type FailureOptions } from './runtime/failure.js';
export { uuidv7 } from './runtime/ids.js';
export { storedValue, type StoredValue } from './runtime/stored-value.js';
export { openLog, type Log } from './runtime/log.js';
export { RepeatedLook } from './runtime/repeated-look.js';
export { registry, ServiceMetrics, type DoorOutcome } from './runtime/metrics.js';
