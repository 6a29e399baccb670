import { z } from 'zod';

/** The part of the environment that every service reads. */
export const KitEnv = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Comma-separated brokers; absent: the embedded bus in the database. */
  KAFKA_BROKERS: z
    .string()
    .optional()
    .transform((list) =>
      list
        ?.split(',')
        .map((broker) => broker.trim())
        .filter((broker) => broker !== ''),
    ),
  /** How soon a consumer group notices that one of its processes died. */
  KAFKA_SESSION_TIMEOUT_MS: z.coerce.number().int().min(1000).max(300_000).default(10_000),
  SCHEMA_REGISTRY_URL: z.url().optional(),
  TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9._-]*$/)
    .default(''),
  TOPIC_PARTITIONS: z.coerce.number().int().min(1).max(1024).optional(),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HANDLER_ATTEMPTS_MAX: z.coerce.number().int().min(1).max(20).default(8),
  AWAIT_LIMIT_MS: z.coerce.number().int().min(1000).default(3_600_000),
  BATCH_MAX: z.coerce.number().int().min(1).max(5000).default(300),
  DB_CONNECTIONS_MAX: z.coerce.number().int().min(2).max(100).default(6),
  /** Lets the gateway read lag and dead letters of a service. */
  INTERNAL_TOKEN: z.string().min(16).optional(),
});
export type KitEnv = z.infer<typeof KitEnv>;

/** Reads the environment once, at boot; a variable that is set to nothing counts as not set. @throws Error that names every bad variable and no value. */
export function loadEnv<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `Bad configuration:\n${problems.join('\n')}\nSet these environment variables and start again; .env.example lists them all.`,
  );
}
