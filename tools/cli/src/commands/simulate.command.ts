import {
  erpHoldings,
  knowsOrganization,
  openSimulation,
  readFaults,
  startParties,
  surprises,
  type Channel,
  type Facts,
  type Faults,
  type Parties,
  type Seen,
  type Simulation,
} from '@railhead/simulators';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../connection/connection.js';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { hubTarget } from '../simulate/hub-target.js';
import { findParties, type SimulatedParties } from '../simulate/simulated-parties.js';
import { progressLine, resultOf, resultPage } from '../simulate/simulation-report.js';
import { StreamFacts } from '../simulate/stream-facts.js';
import { channelsIn, usableChannels } from '../simulate/usable-channels.js';
import { gatewayOf, type CommandContext } from './command.js';

const LOOK_EVERY_MS = 200;
const TELL_EVERY_MS = 2_000;
const TELL_OF_NOTHING_EVERY_MS = 10_000;

export interface SimulateOptions {
  readonly orders: string;
  readonly rate: string;
  readonly seed: string;
  readonly faults?: string;
  readonly channels?: string;
  readonly timeout: string;
}

interface Wanted {
  readonly orders: number;
  readonly rate: number;
  readonly seed: number;
  readonly stallMs: number;
  readonly faults: Partial<Faults>;
  readonly channels: readonly Channel[] | undefined;
}

/** Plays every outside party against the running hub until all orders have ended, and says what did not end as planned. */
export async function simulateCommand(context: CommandContext, options: SimulateOptions): Promise<ExitCode> {
  const wanted = wantedIn(options);
  const gateway = gatewayOf(context);
  if (gateway.connection.carrierSecret === undefined)
    throw new CliFailure(
      EXIT.unusable,
      'the secret of the simulated carrier is not known here',
      'Run it where "railhead start" keeps its .railhead folder (RAILHEAD_HOME), or set RAILHEAD_CARRIER_SECRET.',
    );
  const ended = new AbortController();
  try {
    const facts = new StreamFacts(gateway, AbortSignal.any([context.signal, ended.signal]));
    await facts.open();
    return await play(context, wanted, gateway.connection, facts);
  } finally {
    ended.abort();
  }
}

async function play(context: CommandContext, wanted: Wanted, connection: Connection, facts: Facts): Promise<ExitCode> {
  const { out } = context;
  const { seed, faults, orders, rate } = wanted;
  const settings = connection.home === undefined ? undefined : findParties(connection.home);
  const target = hubTarget(connection, settings);
  const isSalesforceKnown = await knowsOrganization(target);
  const { channels, leftOut } = usableChannels(wanted.channels, connection, isSalesforceKnown);
  for (const line of leftOut) out.progress(`Left out ${line}.`);
  const parties = await partiesOf(seed, faults, isSalesforceKnown ? settings : undefined);
  const run = `S${seed.toString(36)}-${Math.trunc(Date.now() / 1000).toString(36)}`.toUpperCase();
  const say = (line: string): void => out.progress(line);
  const simulation = await openSimulation({ target, facts, orders, rate, seed, faults, channels, run, parties, say });
  try {
    out.progress(`${orders} orders ${run}-0 … over ${channels.join(', ')}, ${rate} per second, seed ${seed}.`);
    const seen = seenFrom(connection, parties);
    const ms = await follow(simulation, seen, wanted.stallMs, context);
    const result = resultOf(simulation, seen, run, seed, ms);
    out.result(result, resultPage(result));
    return result.surprises.length === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    await simulation.stop();
    await parties.stop();
  }
}

/** What can be looked at from here: the partner's folders, and the ERP if it is ours. */
function seenFrom({ home }: Connection, { erp }: Parties): Seen {
  return { documents: home !== undefined, ends: true, ...(erp !== undefined && { erpHolds: erpHoldings(erp.book) }) };
}

/** Waits until everything has ended, or nothing has changed for so long that nothing will. @returns how long it took, in milliseconds */
async function follow(
  simulation: Simulation,
  seen: Seen,
  stallMs: number,
  { out, signal }: CommandContext,
): Promise<number> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const running = { isDone: false };
  void simulation.run().then(() => (running.isDone = true));
  let [told, toldOf, changedAt, before] = [0, '', started, ''];
  while (!signal.aborted) {
    const progress = simulation.progress();
    const now = JSON.stringify(progress);
    if (now !== before) [before, changedAt] = [now, performance.now()];
    if (running.isDone && progress.reports === 0 && hasEnded(simulation, seen)) break;
    if (performance.now() - changedAt > stallMs) {
      out.progress(`Nothing has changed for ${stallMs / 1000} s.`);
      break;
    }
    if (elapsed() - told >= (now === toldOf ? TELL_OF_NOTHING_EVERY_MS : TELL_EVERY_MS)) {
      [told, toldOf] = [elapsed(), now];
      out.progress(progressLine(progress, elapsed()));
    }
    await pause(LOOK_EVERY_MS);
  }
  out.progress(progressLine(simulation.progress(), elapsed()));
  return elapsed();
}

function hasEnded({ plan, books }: Simulation, seen: Seen): boolean {
  return plan.every((order) => surprises(order, books.orders.get(order.po), seen).length === 0);
}

/** With settings at the places that the hub knows, else where nobody looks for them. */
async function partiesOf(seed: number, faults: Partial<Faults>, settings?: SimulatedParties): Promise<Parties> {
  try {
    if (settings === undefined) return await startParties({ seed, faults });
    const { salesforce, erp } = settings;
    return await startParties({
      seed,
      faults,
      salesforcePort: salesforce.port,
      salesforceSecret: salesforce.pathSecret,
      erp,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliFailure(
      EXIT.unusable,
      `the simulated Salesforce or ERP could not start: ${message}`,
      'Does another "railhead simulate" run? Wait for it, then try again.',
    );
  }
}

/** @throws CliFailure for anything that is none. */
function wantedIn(options: SimulateOptions): Wanted {
  return {
    orders: number('--orders', options.orders),
    rate: number('--rate', options.rate),
    seed: seedIn(options.seed),
    stallMs: number('--timeout', options.timeout) * 1000,
    faults: faultsIn(options.faults),
    channels: options.channels === undefined ? undefined : channelsIn(options.channels),
  };
}

function number(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new CliFailure(EXIT.unusable, `${option} ${text} is no whole number above zero`, `Write e.g. ${option} 20.`);
}

function seedIn(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CliFailure(EXIT.unusable, `--seed ${text} is no whole number of up to nine digits`, 'Write e.g. --seed 1.');
}

function faultsIn(text = ''): Partial<Faults> {
  try {
    return readFaults(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliFailure(EXIT.unusable, error.message, 'Write e.g. --faults duplicates=0.05,malformed=0.01.');
  }
}
