export { Books, type Answered, type Attempt, type OrderEntry, type Report, type Sending } from './books.js';
export type { ErpBook, ErpOrder } from './erp/erp-book.js';
export type { ErpFaults } from './erp/erp-faults.js';
export { startErp, type Erp, type ErpOptions, type ErpRequest } from './erp/start-erp.js';
export { jsonOrder } from './documents/json-order.js';
export { purchaseOrder } from './documents/purchase-order.x12.js';
export { isTaken, readX12, type ReadSet } from './documents/read-x12.js';
export { salesforceDeal, wonMessage } from './documents/salesforce-deal.js';
export { shopifyOrder } from './documents/shopify-order.js';
export { knowsOrganization } from './parties/sales-org.js';
export { Carrier } from './parties/carrier.js';
export { Payer, type Invoice } from './parties/payer.js';
export { trackingNumberOf, Warehouse, type ShipmentRequest } from './parties/warehouse.js';
export { PARTNER } from './parties/trading-partner.js';
export { dice, type Dice } from './plan/dice.js';
export { completeFaults, NO_FAULTS, readFaults, type Faults } from './plan/faults.js';
export { decimalOf, expectedGross, GHOST, PRICES, type PlannedLine } from './plan/goods.js';
export { planOutages, type Outage } from './plan/outages.js';
export { planOrders, type PlanOptions } from './plan/plan-orders.js';
export {
  CHANNELS,
  type Aftermath,
  type Channel,
  type Copy,
  type Flaw,
  type Intent,
  type PlannedOrder,
} from './plan/planned-order.js';
export { openSimulation, type Progress, type Simulation, type SimulationOptions } from './simulation.js';
export { ORGANIZATION_ID, organizationAt, startParties, type Parties, type PartiesOptions } from './start-parties.js';
export type { Fact, Facts, Target } from './target.js';
export { erpHoldings, reportSurprises, surprises, type Seen } from './ended-as-planned.js';
export { tally, tallyChannels, tallyFaults, type Tally } from './tally.js';
