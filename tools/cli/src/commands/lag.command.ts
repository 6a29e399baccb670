import { EXIT, type ExitCode } from '../exit-codes.js';
import type { ServiceLag } from '../gateway-shapes.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';

/** Shows how many messages each service has still to read, per topic. */
export async function lagCommand(context: CommandContext): Promise<ExitCode> {
  const { services } = await gatewayOf(context).get<{ services: readonly ServiceLag[] }>('/v1/ops/lag');
  context.out.result(services, table(['SERVICE', 'TOPIC', 'BEHIND'], services.flatMap(rowsOf)));
  return services.every((one) => 'lag' in one) ? EXIT.ok : EXIT.failed;
}

function rowsOf(one: ServiceLag): string[][] {
  if ('error' in one) return [[one.service, '-', one.error]];
  const byTopic = Map.groupBy(one.partitions, ({ topic }) => topic);
  if (byTopic.size === 0) return [[one.service, '-', '0']];
  return [...byTopic].map(([topic, partitions]) => [
    one.service,
    topic,
    String(partitions.reduce((sum, { lag }) => sum + lag, 0)),
  ]);
}
