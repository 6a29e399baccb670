import { parseTraceParent } from '@opentelemetry/core';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace-base';

const ids = new RandomIdGenerator();

/** The trace context of what follows: the same trace, a new span; a new trace where none was carried. @see https://www.w3.org/TR/trace-context/ */
export function childTraceparent(parent: string | undefined): string {
  const context = parent === undefined ? null : parseTraceParent(parent);
  const flags = context === null ? '01' : context.traceFlags.toString(16).padStart(2, '0');
  return `00-${context?.traceId ?? ids.generateTraceId()}-${ids.generateSpanId()}-${flags}`;
}
