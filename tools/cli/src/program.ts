import { Command, type CommanderError, type OutputConfiguration } from 'commander';
import type { CommandContext } from './commands/command.js';
import { listParked, MESSAGES } from './commands/dead-letters.command.js';
import { DELIVERIES, listDeliveries } from './commands/deliveries.command.js';
import { decideOrder, ORDER_DECISIONS } from './commands/decide-order.command.js';
import { demoCommand, type DemoOptions } from './commands/demo.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { decideCopy, listCopies } from './commands/copies.command.js';
import { HELD, listHeld } from './commands/held.command.js';
import { lagCommand } from './commands/lag.command.js';
import { ordersCommand, type OrdersOptions } from './commands/orders.command.js';
import { sendCommand, type SendOptions } from './commands/send.command.js';
import { decideWaiting, showWaiting, type WaitingOptions, type WaitingPlace } from './commands/set-aside.command.js';
import { simulateCommand, type SimulateOptions } from './commands/simulate.command.js';
import type { StartOptions } from './commands/start.command.js';
import { statusCommand } from './commands/status.command.js';
import { closeTask, tasksCommand, type TasksOptions } from './commands/tasks.command.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { addX12 } from './x12/add-x12.js';

const EXIT_CODES = `
Exit codes: 0 done; 1 Railhead said no (refused, rejected, not settled); 2 wrong usage or Railhead not reachable;
            3 no such order, message or file; 4 key missing, unknown or without the role.
Environment: RAILHEAD_URL, RAILHEAD_KEY, else credentials.json in RAILHEAD_HOME (default .railhead).`;

/** Runs a command with a context; gives back what it answered. */
export type Act = (command: (context: CommandContext) => Promise<ExitCode>) => Promise<void>;

/** All commands of the CLI. @throws CommanderError for a wrong usage. */
export function program(act: Act, output: OutputConfiguration): Command {
  const railhead = new Command('railhead')
    .configureOutput(output) // first: what is added later inherits it
    .description('An order-to-cash integration hub: start it, send orders, see where they stand.')
    .option('--json', 'answer with JSON, for machines')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .showHelpAfterError('(railhead --help shows all commands)');
  addRunning(railhead, act);
  addOrders(railhead, act);
  addSimulation(railhead, act);
  addDeadLetters(railhead.command('dlq').description('messages that services have set aside'), act);
  addDeliveries(railhead.command('deliveries').description('what did not reach partners or the ERP'), act);
  addHeld(railhead.command('held').description('what partners sent and a person has to decide about'), act);
  addCopies(
    railhead.command('copies').description('other documents under the number of an order, to be decided about'),
    act,
  );
  addX12(railhead.command('x12').description('read, check, acknowledge and explain X12 files, without a hub'), act);
  takeJsonEverywhere(railhead);
  return railhead;
}

function addRunning(railhead: Command, act: Act): void {
  railhead
    .command('start')
    .description('run the whole hub here until Ctrl-C')
    .option('--kafka', 'on real Kafka: KAFKA_BROKERS, else a local one')
    .option('--port <port>', 'default: PORT, else 3000')
    .option('--simulators', 'know the Salesforce organization and the ERP that "simulate" plays on this machine')
    .action((options: StartOptions) =>
      act(async (context) => (await import('./commands/start.command.js')).startCommand(context, options)),
    );
  railhead
    .command('doctor')
    .description('look at what Railhead needs on this machine, and what to do about it')
    .action(() => act(doctorCommand));
  railhead
    .command('lag')
    .description('how many messages each service is behind')
    .action(() => act(lagCommand));
  railhead
    .command('demo')
    .description('send sample orders and play warehouse, carrier and payer until they are settled')
    .option('--orders <n>', 'how many', '6')
    .option('--timeout <seconds>', 'give up after', '120')
    .action((options: DemoOptions) => act((context) => demoCommand(context, options)));
}

const FAULTS_HELP = `
Faults are shares from 0 to 1, all 0 unless named here:
  duplicates      orders, confirmations, scans and payments that come twice
  reorder         orders that others overtake; scans before the warehouse's confirmation, or last scan first
  delay           what is sent up to two seconds late
  malformed       wrong counts, broken JSON, cut-off XML: to be refused
  wrongSignature  documents and scans under a wrong key or signature: to be refused
  outage          the share of the time in which each party is away
  slow            requests whose body trickles in, and slow answers
  createThenHang  orders that the ERP stores without answering (a hub started with --simulators)
  unknownGoods    orders for goods that nobody sells: to be rejected (default 0.04)

The same seed gives the same plan. Exit code 0 only when every order ended as planned.
Example: railhead simulate --orders 200 --rate 20 --faults duplicates=0.05,reorder=0.05,malformed=0.01`;

function addSimulation(railhead: Command, act: Act): void {
  railhead
    .command('simulate')
    .description(
      'play every outside party: orders through all channels, warehouse, carrier, payer, and what goes wrong',
    )
    .option('--orders <n>', 'how many', '100')
    .option('--rate <n>', 'orders per second', '20')
    .option('--seed <n>', 'chooses goods, quantities and who is hit by faults', '1')
    .option('--faults <list>', 'e.g. duplicates=0.05,malformed=0.01; see below')
    .option('--channels <list>', 'edi, folder, shopify, salesforce, json; default: all that can be used from here')
    .option('--timeout <seconds>', 'give up when nothing has changed for so long', '60')
    .addHelpText('after', FAULTS_HELP)
    .action((options: SimulateOptions) => act((context) => simulateCommand(context, options)));
}

function addOrders(railhead: Command, act: Act): void {
  railhead
    .command('send <file>')
    .description('send an X12 850 or a JSON order')
    .option('--partner <name>', 'trading partner; without it the sender in the ISA says who')
    .option('--new-po', 'with a new PO number and new control numbers, so that a sample can be sent again')
    .action((file: string, options: SendOptions) => act((context) => sendCommand(context, file, options)));
  railhead
    .command('status [order]')
    .description('where an order stands (order id or PO number); without one: how many stand where')
    .option('--watch', 'show every change until the order is done')
    .action((wanted: string | undefined, options: { watch?: boolean }) =>
      act((context) => statusCommand(context, wanted, options)),
    );
  for (const [decision, description] of ORDER_DECISIONS)
    railhead
      .command(`${decision} <order>`)
      .description(description)
      .requiredOption('--reason <text>', 'why; it is written down')
      .action((order: string, { reason }: { reason: string }) =>
        act((context) => decideOrder(context, order, decision, reason)),
      );
  railhead
    .command('tasks')
    .description('what people have to see to, oldest first, and what to do about it')
    .option('--owner <role>', 'of one role, e.g. ops')
    .option('--limit <n>', 'how many, up to 1000', '100')
    .option('--cursor <next>', 'go on where the page before ended')
    .action((options: TasksOptions) => act((context) => tasksCommand(context, options)));
  railhead
    .command('close <task>')
    .description('say that a task is seen to that nothing else closes; such a task says so, with its id')
    .requiredOption('--reason <text>', 'why; it is written down')
    .action((task: string, { reason }: { reason: string }) => act((context) => closeTask(context, task, reason)));
  railhead
    .command('orders')
    .description('list orders, newest first')
    .option('--search <text>', 'PO number, customer, order id')
    .option('--status <status>', 'e.g. on-hold')
    .option('--account <id>', 'of one customer')
    .option('--limit <n>', 'how many, up to 200', '20')
    .option('--cursor <next>', 'go on where the page before ended')
    .action((options: OrdersOptions) => act((context) => ordersCommand(context, options)));
}

function addDeadLetters(dlq: Command, act: Act): void {
  dlq
    .command('list')
    .description('what is set aside, oldest first')
    .option('--state <state>', 'dead, retry, awaiting or waiting')
    .option('--limit <n>', 'how many of each service, up to 500', '100')
    .action((options: WaitingOptions) => act((context) => listParked(context, options)));
  dlq
    .command('show <message>')
    .description('one message (service/number) with its data')
    .action((message: string) => act((context) => showWaiting(context, MESSAGES, message)));
  addDecisions(dlq, act, MESSAGES, [
    ['replay', 'try it again', 'is tried again; what waits behind it follows in order'],
    ['discard', 'give it up', 'is given up; what waited behind it goes on'],
  ]);
}

function addDeliveries(deliveries: Command, act: Act): void {
  deliveries
    .command('list')
    .description('those that were given up, oldest first')
    .option('--state <state>', 'failed, planned, sending, unknown, confirmed or discarded; default: failed')
    .option('--limit <n>', 'how many of each service, up to 500', '100')
    .action((options: WaitingOptions) => act((context) => listDeliveries(context, options)));
  deliveries
    .command('show <delivery>')
    .description('one delivery (service/number) with the beginning of what is to be delivered')
    .action((delivery: string) => act((context) => showWaiting(context, DELIVERIES, delivery)));
  addDecisions(deliveries, act, DELIVERIES, [
    ['replay', 'try it anew, under the same key', 'is tried anew: looked up at the other side first, then sent'],
    ['discard', 'drop it for good', 'is dropped'],
  ]);
}

function addHeld(held: Command, act: Act): void {
  held
    .command('list')
    .description('interchanges, messages and documents that are held, and documents of unknown senders')
    .action(() => act(listHeld));
  addDecisions(held, act, HELD, [
    ['release', 'take an interchange or a message all the same', 'is taken'],
    ['discard', 'nothing is to follow of it', 'is dropped; it stays in the archive'],
    ['retry', 'have a document read once more; of an unknown sender, once there is a profile', 'is read once more'],
  ]);
}

function addCopies(copies: Command, act: Act): void {
  copies
    .command('list')
    .description('those that wait, with what differs')
    .action(() => act(listCopies));
  const decisions: readonly Decision[] = [
    ['accept', 'the order is to become what the copy says', 'is accepted: the order is to become what it says'],
    ['discard', 'the order stays as it is', 'is dropped; the order stays as it is'],
  ];
  for (const [action, description, said] of decisions)
    copies
      .command(`${action} <copy>`)
      .description(description)
      .requiredOption('--reason <text>', 'why; it is written down')
      .action((text: string, { reason }: { reason: string }) =>
        act((context) => decideCopy(context, text, { action, reason }, said)),
      );
}

type Decision = readonly [action: string, description: string, said: string];

/** One command per decision, each with its reason. */
function addDecisions(parent: Command, act: Act, place: WaitingPlace, decisions: readonly Decision[]): void {
  for (const [action, description, said] of decisions)
    parent
      .command(`${action} <${place.noun}>`)
      .description(description)
      .requiredOption('--reason <text>', 'why; it is written down')
      .action((text: string, { reason }: { reason: string }) =>
        act((context) => decideWaiting(context, place, text, { action, reason }, said)),
      );
}

/** `railhead status --json` and `railhead --json status` are the same. */
function takeJsonEverywhere(command: Command): void {
  for (const inner of command.commands) {
    if (inner.commands.length === 0) inner.option('--json', 'answer with JSON, for machines');
    inner.exitOverride();
    takeJsonEverywhere(inner);
  }
}

/** The exit code of a usage that commander refused; help and version are no mistakes. */
export function exitOfUsage(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? EXIT.ok : EXIT.unusable;
}
