import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { gatewayOf, type CommandContext } from './command.js';

export interface WaitingOptions {
  readonly state?: string;
  /** Of each service. */
  readonly limit: string;
}

/** How many each service has. */
export function countsOf(all: readonly { readonly service: string }[]): number[] {
  return [...Map.groupBy(all, ({ service }) => service).values()].map(({ length }) => length);
}

/** A place where something waits for a person, and how people name what waits there. */
export interface WaitingPlace {
  /** Where the gateway has it; `/{first}/{second}` of the name follow. */
  readonly path: string;
  readonly noun: string;
  /** The command that shows what waits there. */
  readonly list: string;
  /** What to type, e.g. `service/number as "railhead dlq list" shows it, e.g. billing/17`. */
  readonly naming: string;
}

/** `billing/17` → the way to it. @throws CliFailure for what is no such name. */
function wayTo({ path, noun, naming }: WaitingPlace, text: string): string {
  const [first, second, ...rest] = text.split('/');
  if (first === undefined || first === '' || second === undefined || second === '' || rest.length > 0)
    throw new CliFailure(EXIT.unusable, `"${text}" names no ${noun}`, `Write ${naming}.`);
  return `${path}/${encodeURIComponent(first)}/${encodeURIComponent(second)}`;
}

/** Shows one with all that is known of it. */
export async function showWaiting(context: CommandContext, place: WaitingPlace, text: string): Promise<ExitCode> {
  const found = await orItsList(place, gatewayOf(context).get<object>(wayTo(place, text)));
  context.out.result(found, JSON.stringify(found, null, 2));
  return EXIT.ok;
}

/** Hands on what somebody decided, with the reason; both are written down. @param said - What that leads to. */
export async function decideWaiting(
  context: CommandContext,
  place: WaitingPlace,
  text: string,
  decision: { readonly action: string; readonly reason: string },
  said: string,
): Promise<ExitCode> {
  const { done } = await orItsList(place, gatewayOf(context).post<{ done: boolean }>(wayTo(place, text), decision));
  context.out.result(
    { [place.noun]: text, action: decision.action, done },
    done ? `${text} ${said}.` : `${text} was not there any more: somebody was faster.`,
  );
  return done ? EXIT.ok : EXIT.notFound;
}

/** Who names what is not there, or not to be decided so, is shown where to look. */
async function orItsList<T>({ list }: WaitingPlace, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof CliFailure) || (error.exit !== EXIT.notFound && error.exit !== EXIT.failed)) throw error;
    throw new CliFailure(error.exit, error.message, `What there is, and why: ${list}`, error.details);
  }
}
