import { OrderCaptured, OrderValidated } from '@railhead/contracts';
import { anOrder } from '@railhead/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, until } from '../rig.mjs';
import { recordOf, wishCodec } from '../wishes.mjs';

const ORDERS = 20;
/** A lost answer is asked about later and later, and a request may be lost several times. */
const WAIT_MS = 150_000;
/** Half of the requests end without an answer, most of them after the order was taken. */
const FAULTS = 'createThenHang=0.3,errorAfterCreate=0.1,drop=0.1';

/** An ERP that takes an order and does not say so. It makes a second order of a second request, as most do. */
export const erpLookup = {
  guard: 'erp-lookup',
  needsKafka: false,
  async run(rig) {
    const erp = await startErp(rig);
    const folder = join(rig.home, 'reference');
    await mkdir(folder);
    const connector = await rig.start('erp-connector', 'apps/erp-connector/dist/main.js', {
      ERP_FOLDER: folder,
      ERP_URL: erp,
      ERP_TIMEOUT_MS: '150',
      ERP_CALLS_MAX: '20',
      HANDLER_ATTEMPTS_MAX: '20',
    });
    await connector.ready();
    const codec = await wishCodec('', [OrderValidated, OrderCaptured]);
    const bus = await rig.bus();
    await bus.publish(Array.from({ length: ORDERS }, (_, n) => validated(codec, `ERP-${rig.seed}-${n}`)));
    await allConfirmed(rig.database('erp_connector'));

    const { orders, counts } = await (await fetch(`${erp}/-/book`)).json();
    const twice = Object.values(counts).filter((count) => count > 1).length;
    const missing = ORDERS - Object.keys(counts).length;
    return {
      faults: [
        ...(twice > 0
          ? [`the ERP holds ${orders.length} orders instead of ${ORDERS}: ${twice} of them several times`]
          : []),
        ...(missing > 0 ? [`${missing} of ${ORDERS} never came to the ERP`] : []),
      ],
      said: `${ORDERS} orders are ${orders.length} orders at the ERP, half of whose answers were lost`,
    };
  },
};

async function startErp(rig) {
  const main = join(ROOT, 'tools/simulators/dist/erp/main.js');
  const erp = spawn(process.execPath, [main, '--seed', String(rig.seed), '--faults', FAULTS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rig.closing(erp, async () => void erp.kill());
  const [line] = await once(erp.stdout, 'data');
  return JSON.parse(line.toString()).url;
}

function validated(codec, purchaseOrderNumber) {
  const order = anOrder({ purchaseOrderNumber });
  const data = {
    orderId: order.orderId,
    accountId: 'ACME',
    purchaseOrderNumber,
    currency: 'USD',
    total: order.totals.payable,
    netDays: 30,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    lines: [{ lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA', unitPrice: '3.75' }],
    order: codec.encodeData(OrderCaptured.type, order),
  };
  return recordOf(codec, OrderValidated, { key: order.orderId, number: 1, source: 'validation', data });
}

function allConfirmed(db) {
  const confirmed = async () => {
    const [{ count }] = await db.query("SELECT count(*)::int AS count FROM delivery WHERE state = 'confirmed'");
    return count === ORDERS;
  };
  return until(confirmed, 'all orders to be confirmed', WAIT_MS);
}
