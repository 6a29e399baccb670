import { z } from 'zod';
import { API_ROUTES, type ApiRoute } from './api-routes.js';

type Json = Record<string, unknown>;

const Problem = z
  .strictObject({
    error: z.string().describe('a code for programs'),
    message: z.string().describe('a sentence for people'),
    issues: z.array(z.strictObject({ at: z.string(), message: z.string(), code: z.string().optional() })).optional(),
    documentId: z.string().optional().describe('where what was refused is kept'),
  })
  .meta({ id: 'Problem' });

/** The OpenAPI 3.1 document, made from the schemas that the routes parse with. */
export function openApiDocument(version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of API_ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Railhead',
      version,
      description:
        'From an order to its paid invoice. Amounts out are whole minor units of their currency; decimals in are strings.',
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'API key, `id.secret`' } },
    },
    security: [{ key: [] }],
  };
}

function operationOf(route: ApiRoute, components: Json): Json {
  const { summary, group, access, body } = route;
  return {
    summary,
    tags: [group],
    operationId: `${route.method} ${route.path}`.replace(/[^a-z]+/gi, '_').replace(/_$/, ''),
    description: typeof access === 'string' ? access : `Roles: ${access.roles.join(', ')}.`,
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input', components) } } },
    }),
    responses: responsesOf(route, components),
  };
}

function responsesOf({ answer, query, body, takesIdempotencyKey }: ApiRoute, components: Json): Json {
  const problem = (description: string): Json => ({
    description,
    content: { 'application/json': { schema: schemaOf(Problem, 'output', components) } },
  });
  const mediaType = answer?.mediaType ?? 'application/json';
  const schema = answer?.schema === undefined ? {} : { schema: schemaOf(answer.schema, 'output', components) };
  const good =
    answer?.status === 204 ? { description: 'done' } : { description: 'as asked', content: { [mediaType]: schema } };
  return {
    [answer?.status ?? 200]: good,
    ...(takesIdempotencyKey && { 200: { ...good, description: 'it had come before; nothing was done twice' } }),
    ...((query ?? body) !== undefined && { 400: problem('the request is not as expected') }),
    ...(body !== undefined && { 413: problem('the body is too large') }),
    401: problem('no key, or an unknown, expired or revoked one'),
    403: problem('the key has none of the roles'),
    ...(takesIdempotencyKey && { 422: problem('understood, but not taken; every fault with its place') }),
    503: problem('nothing was taken; send it again'),
  };
}

function pathParameters({ path }: ApiRoute): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: ApiRoute): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function headerParameters({ takesIdempotencyKey }: ApiRoute): Json[] {
  if (takesIdempotencyKey !== true) return [];
  const description = 'The same key with the same body gets the same answer; with another body it is refused.';
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', maxLength: 200 } },
  ];
}

/** A schema whose named parts stand under `components` once, for input and output apart. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const suffix = io === 'input' ? 'Input' : '';
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs))
    components[name + suffix] = withoutIds(relinked(definition, suffix));
  const { id, ...rest } = relinked(own, suffix) as Json & { id?: string };
  if (id === undefined) return rest;
  components[id + suffix] = rest;
  return { $ref: `#/components/schemas/${id}${suffix}` };
}

function relinked(value: Json, suffix: string): Json {
  const text = JSON.stringify(value).replace(
    /"\$ref":"#\/\$defs\/([^"]+)"/g,
    `"$ref":"#/components/schemas/$1${suffix}"`,
  );
  return JSON.parse(text) as Json;
}

function withoutIds({ id: _id, ...definition }: Json): Json {
  return definition;
}
