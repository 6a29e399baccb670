import { Injectable } from '@nestjs/common';
import { joinedParts, StockChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, type Announcement } from '@railhead/service-kit';
import type { StockReport } from '../../inbound/stock.mapper.js';
import type { Partner } from '../../partners/partner.js';
import { WarehouseStockStore } from '../../store/warehouse-stock.store.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

type Level = StockChanged['data'];

/**
 * An 846 counts; a 944 adds to the last count, for stock is told absolutely. A receipt of what nobody ever counted waits for
 * a person: what there was before is not known.
 */
@Injectable()
export class StockTaker extends MessageTaker<StockReport> {
  constructor(private readonly stock: WarehouseStockStore) {
    super();
  }

  identify({ how, reference }: StockReport, { name }: Partner, contentHash: string): Identity {
    return { key: how === 'receipt' ? `${name}|receipt|${reference}` : `${name}|${contentHash}`, reference };
  }

  async take(report: StockReport, context: MessageContext, tx: Tx): Promise<Taken> {
    const warehouse = context.partner.warehouse ?? context.partner.name;
    if (report.how === 'count') {
      const levels = report.items.map(({ sku, quantity }) => ({ warehouse, sku, onHand: quantity, asOf: report.asOf }));
      await this.stock.count(levels, tx);
      return { events: told(levels, context) };
    }
    const counted = await this.stock.isCounted(
      warehouse,
      report.items.map(({ sku }) => sku),
      tx,
    );
    const strangers = report.items.filter(({ sku }) => !counted.has(sku));
    if (strangers.length > 0) {
      if (!context.isReleased)
        return { hold: `never counted in ${warehouse}: ${strangers.map(({ sku }) => sku).join(', ')}`.slice(0, 400) };
      const nothing = { warehouse, onHand: '0', asOf: report.asOf };
      await this.stock.count(
        strangers.map(({ sku }) => ({ ...nothing, sku })),
        tx,
      );
    }
    const levels: Level[] = [];
    for (const { sku, quantity } of report.items) {
      const level = await this.stock.move(warehouse, sku, quantity, report.asOf, tx);
      if (level !== undefined) levels.push(level); // a younger count knows of it already
    }
    return { events: told(levels, context) };
  }
}

/** Below zero is what a warehouse shipped and had not counted: nothing is on hand. */
function told(levels: readonly Level[], context: MessageContext): Announcement[] {
  return levels.map((level) => {
    const onHand = level.onHand.startsWith('-') ? '0' : level.onHand;
    return announce(StockChanged, `stock:${joinedParts([level.sku, level.warehouse])}`, { ...level, onHand }, context);
  });
}
