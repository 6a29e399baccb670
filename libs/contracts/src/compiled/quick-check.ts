import type { z } from 'zod';
import { definitionOf } from '../avro/from-zod.js';

/** What a check of a string, a number or an array says in zod's own definition. */
interface Check {
  readonly check: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly value?: number;
  readonly pattern?: RegExp;
}

type Predicate = (value: never) => boolean;

/** The text of a checker while it is written, and the values that its text refers to. */
class Writing {
  readonly functions: string[] = [];
  readonly constants: unknown[] = [];
  private readonly known = new Map<z.ZodType, string>();

  constructor(readonly shortWays: ReadonlyMap<z.ZodType, Predicate>) {}

  constant(value: unknown): string {
    return `c[${this.constants.push(value) - 1}]`;
  }

  /** The name of the function that checks `schema`; written once for each schema. */
  functionFor(schema: z.ZodType, body: () => string): string {
    const known = this.known.get(schema);
    if (known !== undefined) return known;
    const name = `f${this.known.size}`;
    this.known.set(schema, name);
    this.functions.push(`function ${name}(v){${body()}return true}`);
    return name;
  }
}

/**
 * Compiles a zod schema to one function that says of a value: zod accepts it, and gives back the very same. Many times
 * faster than zod, which it does not replace: on `false` zod decides, fills in defaults and names the faults.
 *
 * The schema stays the only source; what the compiler does not know, it leaves to zod.
 *
 * @param shortWays - Faster predicates for schemas, which must say of a value what zod says.
 */
export function quickCheckOf(
  schema: z.ZodType,
  shortWays: ReadonlyMap<z.ZodType, Predicate> = new Map(),
): (value: unknown) => boolean {
  const writing = new Writing(shortWays);
  const whole = condition(schema, 'v', writing);
  const text = `${writing.functions.join('\n')}\nreturn function(v){return ${whole}}`;
  try {
    // What is compiled are names and lengths of our own schemas, as zod and avsc do; never data.
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function('c', text)(writing.constants) as (value: unknown) => boolean;
  } catch (error) {
    if (error instanceof EvalError) return () => false; // where code may not be compiled, zod does it all
    throw error;
  }
}

/** An expression that is true when zod accepts `value` as it stands. */
function condition(schema: z.ZodType, value: string, writing: Writing): string {
  const shortWay = writing.shortWays.get(schema);
  if (shortWay !== undefined) return `typeof ${value}==='string'&&${writing.constant(shortWay)}(${value})`;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
      return `${writing.functionFor(schema, () => objectBody(schema, writing))}(${value})`;
    case 'array':
      return `${writing.functionFor(schema, () => arrayBody(schema, writing))}(${value})`;
    case 'record':
      return `${writing.functionFor(schema, () => recordBody(schema, writing))}(${value})`;
    case 'default': // an absent one is filled in by zod
      return condition(definition.innerType!, value, writing);
    case 'optional':
      return `(${value}===undefined||${condition(definition.innerType!, value, writing)})`;
    case 'boolean':
      return `typeof ${value}==='boolean'`;
    case 'enum':
      return anyOf(Object.values(definition.entries!), value);
    case 'literal':
      return anyOf(definition.values!, value);
    case 'string':
      return checked(schema, `typeof ${value}==='string'`, value, writing);
    case 'number':
      return checked(schema, `Number.isSafeInteger(${value})`, value, writing);
    default:
      return leftToZod(schema, value, writing);
  }
}

const anyOf = (members: readonly unknown[], value: string): string =>
  `(${members.map((member) => `${value}===${JSON.stringify(member)}`).join('||')})`;

const leftToZod = (schema: z.ZodType, value: string, writing: Writing): string =>
  `${writing.constant((given: unknown) => schema.safeParse(given).success)}(${value})`;

function checked(schema: z.ZodType, type: string, value: string, writing: Writing): string {
  const definition = schema._zod.def as unknown as Check & { checks?: { _zod: { def: Check } }[]; format?: string };
  const own = definition.check === undefined ? [] : [definition];
  const all = [...own, ...(definition.checks ?? []).map((check) => check._zod.def)];
  const parts = all.map((check) => partOf(check, value, writing));
  const isKnown = parts.every((part) => part !== undefined);
  return isKnown ? `(${[type, ...parts].join('&&')})` : leftToZod(schema, value, writing);
}

function partOf({ check, minimum, maximum, length, value: bound, pattern }: Check, value: string, writing: Writing) {
  switch (check) {
    case 'min_length':
      return `${value}.length>=${minimum}`;
    case 'max_length':
      return `${value}.length<=${maximum}`;
    case 'length_equals':
      return `${value}.length===${length}`;
    case 'greater_than':
      return `${value}>=${bound}`;
    case 'less_than':
      return `${value}<=${bound}`;
    case 'number_format':
      return 'true'; // whole numbers only: the type says it
    case 'string_format':
      return pattern === undefined ? undefined : `${writing.constant(pattern)}.test(${value})`;
    default:
      return undefined;
  }
}

/** Counts the fields it knows and then all there are: one more is a field that nobody knows. */
function objectBody(schema: z.ZodType, writing: Writing): string {
  const fields = Object.entries(definitionOf(schema).shape!).map(([name, field], index) => {
    const isOptional = definitionOf(field).type === 'optional';
    const inner = isOptional ? definitionOf(field).innerType! : field;
    const key = JSON.stringify(name);
    const present = `const v${index}=v[${key}];if(v${index}!==undefined){n++;if(!(${condition(inner, `v${index}`, writing)}))return false}`;
    return isOptional ? `${present}else if(${key} in v)n++;` : `${present}else return false;`;
  });
  return `if(typeof v!=='object'||v===null||Object.getPrototypeOf(v)!==Object.prototype)return false;let n=0;${fields.join('\n')}for(const k in v)n--;if(n!==0)return false;`;
}

function arrayBody(schema: z.ZodType, writing: Writing): string {
  const bounds = checked(schema, 'Array.isArray(v)', 'v', writing);
  const item = condition(definitionOf(schema).element!, 'v[i]', writing);
  return `if(!${bounds})return false;for(let i=0;i<v.length;i++)if(!(${item}))return false;`;
}

function recordBody(schema: z.ZodType, writing: Writing): string {
  const item = condition(definitionOf(schema).valueType!, 'v[k]', writing);
  return `if(typeof v!=='object'||v===null||Object.getPrototypeOf(v)!==Object.prototype)return false;for(const k in v)if(!(${item}))return false;`;
}
