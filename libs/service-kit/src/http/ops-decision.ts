import { z } from 'zod';

/** What a person decides about something that was set aside or given up: who, and why, is kept. */
export const OpsDecision = z.strictObject({
  action: z.enum(['replay', 'discard']),
  actor: z.string().min(1).max(120),
  reason: z.string().min(3).max(500),
});
