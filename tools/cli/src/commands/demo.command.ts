import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import { DEMO_SAMPLES, demoDocument } from '../demo/demo-orders.js';
import { DemoRun } from '../demo/demo-run.js';
import { OutsideWorld } from '../demo/outside-world.js';
import { table } from '../output/table.js';
import { sendInterchange, sendOrder } from '../sending/send-document.js';
import { gatewayOf, type CommandContext } from './command.js';
import { freshness } from './send.command.js';

const LOOK_EVERY_MS = 250;
const SAMPLES = fileURLToPath(new URL('../../../../samples', import.meta.url));

export interface DemoOptions {
  readonly orders: string;
  readonly timeout: string;
}

/** Sends sample orders and plays warehouse, carrier, payer and credit department until all are settled. */
export async function demoCommand(context: CommandContext, { orders, timeout }: DemoOptions): Promise<ExitCode> {
  const { out, signal } = context;
  const [count, seconds] = [wholeNumber('--orders', orders), wholeNumber('--timeout', timeout)];
  const gateway = gatewayOf(context);
  if (gateway.connection.carrierSecret === undefined) {
    const next =
      'Run it where "railhead start" keeps its .railhead folder (RAILHEAD_HOME), or set RAILHEAD_CARRIER_SECRET.';
    throw new CliFailure(EXIT.unusable, 'the demo needs the secret of the simulated carrier', next);
  }
  const started = performance.now();
  const poNumbers = await sendAll(gateway, count);
  out.progress(`${count} orders sent.`);
  const tell = (poNumber: string, what: string): void =>
    out.progress(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${poNumber.padEnd(22)}  ${what}`);
  const world = new OutsideWorld(gateway, () => new Date());
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  givenUp.addEventListener('abort', () => world.stop(), { once: true });
  const run = new DemoRun(gateway, world, poNumbers, tell);
  while (!run.isOver && !givenUp.aborted) {
    await run.step();
    await pause(LOOK_EVERY_MS);
  }
  return summary(context, run, performance.now() - started);
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new CliFailure(EXIT.unusable, `${option} ${text} is no whole number above zero`, `Write e.g. ${option} 6.`);
}

async function sendAll(gateway: GatewayClient, count: number): Promise<string[]> {
  const samples = new Map(
    await Promise.all(DEMO_SAMPLES.map(async (name) => [name, await readFile(join(SAMPLES, name))] as const)),
  );
  const start = freshness();
  const poNumbers: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const document = demoDocument(index, samples, start);
    const sent =
      document.kind === 'json'
        ? await sendOrder(gateway, document.bytes)
        : await sendInterchange(gateway, document.bytes);
    if (!sent.accepted)
      throw new CliFailure(
        EXIT.failed,
        `a sample order was refused: ${sent.message}`,
        'Is this installation still the sample company? See samples/company.',
        sent.answer,
      );
    poNumbers.push(...sent.poNumbers);
  }
  return poNumbers;
}

function summary({ out }: CommandContext, run: DemoRun, elapsedMs: number): ExitCode {
  const settled = run.orders.filter(({ status }) => status === 'settled').length;
  const left = run.orders.filter(({ status }) => status !== 'settled');
  const head = `${settled} of ${run.orders.length} orders settled in ${(elapsedMs / 1000).toFixed(1)} s.`;
  const rest =
    left.length === 0
      ? ''
      : `\n${table(
          ['PO NUMBER', 'STATUS'],
          left.map(({ poNumber, status }) => [poNumber, status]),
        )}\nLook at one: railhead status ${left[0]?.poNumber}`;
  out.result({ orders: run.orders, settled, seconds: Number((elapsedMs / 1000).toFixed(3)) }, head + rest);
  return left.length === 0 ? EXIT.ok : EXIT.failed;
}
