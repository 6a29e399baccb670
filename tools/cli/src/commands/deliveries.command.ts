import { EXIT, type ExitCode } from '../exit-codes.js';
import type { DeliveryList, GivenUpDelivery } from '../gateway-shapes.js';
import { cutAt } from '../output/more.js';
import { table } from '../output/table.js';
import { awayOf } from '../output/unreachable.js';
import { gatewayOf, type CommandContext } from './command.js';
import { countsOf, type WaitingOptions, type WaitingPlace } from './set-aside.command.js';

const ERROR_SHOWN = 60;

/** A delivery is named by its service and its number there: `erp-connector/17`. */
export const DELIVERIES: WaitingPlace = {
  path: '/v1/ops/deliveries',
  noun: 'delivery',
  list: 'railhead deliveries list',
  naming: 'service/number as "railhead deliveries list" shows it, e.g. erp-connector/17',
};

/** Lists what did not reach the outside world: deliveries that were given up. */
export async function listDeliveries(context: CommandContext, { state, limit }: WaitingOptions): Promise<ExitCode> {
  const list = await gatewayOf(context).get<DeliveryList>(DELIVERIES.path, { state, limit });
  const shown = list.deliveries.length === 0 ? 'There are none.' : deliveryTable(list.deliveries);
  context.out.result(list, shown + cutAt(limit, countsOf(list.deliveries)) + awayOf(list));
  return list.unreachable.length === 0 ? EXIT.ok : EXIT.failed;
}

function deliveryTable(deliveries: readonly GivenUpDelivery[]): string {
  return table(
    ['DELIVERY', 'STATE', 'KIND', 'KEY', 'TRIES', 'LAST ERROR', 'PLANNED'],
    deliveries.map((one) => [
      `${one.service}/${one.deliveryId}`,
      one.state,
      one.kind,
      one.idempotencyKey,
      String(one.attempts),
      (one.lastError.split('\n', 1)[0] ?? '').slice(0, ERROR_SHOWN),
      one.plannedAt.slice(0, 19),
    ]),
  );
}
