import { BadRequestException } from '@nestjs/common';
import type { z } from 'zod';

/** One fault of a request, with its place. */
export interface BodyIssue {
  /** JSON pointer into the body. */
  readonly at: string;
  readonly message: string;
}

export function issuesOf(error: z.ZodError): BodyIssue[] {
  return error.issues
    .slice(0, 100)
    .map((issue) => ({ at: `/${issue.path.map(String).join('/')}`, message: issue.message }));
}

/** Parses the body of a request, or what stands behind its `?`. @throws BadRequestException that names every fault and its place. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BadRequestException({
    error: 'BAD_REQUEST',
    message: 'the request is not as expected',
    issues: issuesOf(parsed.error),
  });
}
