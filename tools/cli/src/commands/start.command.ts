import { startHub } from '@railhead/hub';
import { startKafka } from '@railhead/kafka-local';
import { join } from 'node:path';
import { homeFolder } from '../connection/connection.js';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { withSimulatedParties } from '../simulate/simulated-parties.js';
import type { CommandContext } from './command.js';

export interface StartOptions {
  readonly kafka?: boolean;
  readonly port?: string;
  readonly simulators?: boolean;
}

const STOP_MS = 25_000;

/** Runs the whole hub in this process until Ctrl-C. */
export async function startCommand(context: CommandContext, options: StartOptions): Promise<ExitCode> {
  const { kafka = false, port, simulators = false } = options;
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
    throw new CliFailure(EXIT.unusable, `--port ${port} is no port`, 'Write e.g. --port 3000.');
  const { cwd, out, signal } = context;
  const home = homeFolder(context.env, cwd);
  const env = simulators ? await withSimulatedParties(context.env, home) : context.env;
  const broker = kafka && env['KAFKA_BROKERS'] === undefined ? await localKafka(home, context) : undefined;
  const hubEnv = broker === undefined ? env : { ...env, KAFKA_BROKERS: broker.brokers.join(',') };
  try {
    const hub = await startHub({
      env: hubEnv,
      home,
      ...(port !== undefined && { port: Number(port) }),
      onProgress: (what) => out.progress(`starting ${what} …`),
    }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new CliFailure(
        EXIT.unusable,
        `Railhead did not start: ${message}`,
        'If that does not help: railhead doctor',
      );
    });
    out.result({ url: hub.url, home: hub.home, bus: hub.bus }, welcome(hub));
    await aborted(signal);
    out.progress('stopping …');
    await withinTime(hub.stop());
  } finally {
    await broker?.stop();
  }
  return EXIT.ok;
}

function welcome({
  url,
  bus,
  home,
  firstAdminKey,
}: {
  url: string;
  bus: string;
  home: string;
  firstAdminKey: string | undefined;
}): string {
  const key =
    firstAdminKey === undefined
      ? []
      : ['', `First admin key (shown once, kept in ${join(home, 'credentials.json')}):`, `  ${firstAdminKey}`];
  return [
    '',
    `Railhead runs at ${url} on the ${bus === 'kafka' ? 'Kafka' : 'embedded'} bus. Data: ${home}`,
    `API page: ${url}/docs   health: ${url}/health/ready`,
    ...key,
    '',
    'Try in another terminal:',
    '  npx railhead send samples/850.clean.edi --new-po',
    '  npx railhead demo',
    '  npx railhead simulate --orders 200',
    'Ctrl-C stops it; nothing is lost.',
  ].join('\n');
}

async function localKafka(home: string, { out }: CommandContext): ReturnType<typeof startKafka> {
  out.progress('starting Kafka …');
  try {
    return await startKafka({ dataDir: join(home, 'kafka') });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliFailure(
      EXIT.unusable,
      `Kafka did not start: ${message}`,
      'Run "railhead doctor", set KAFKA_BROKERS to a Kafka of your own, or start without --kafka.',
    );
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function withinTime(stopping: Promise<void>): Promise<void> {
  const timer = setTimeout(() => process.exit(EXIT.failed), STOP_MS);
  await stopping;
  clearTimeout(timer);
}
