import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedUuid, PaymentReceived, type Event } from '@railhead/contracts';
import { Batch } from '@railhead/service-kit';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import fc from 'fast-check';
import { orderFileOf } from '../domain/file/fold.js';
import { orderRowOf } from '../domain/order-row.js';
import { gatewayService } from '../index.js';
import { ChangeStore, type Change } from '../store/change.store.js';
import { FactStore } from '../store/fact.store.js';
import { OrderStore } from '../store/order.store.js';
import { anyArrival, anyStory } from '../testing/any-story.js';
import { ADMIN_KEY, client } from '../testing/client.js';
import { ORDER, ORDER_ID, Story } from '../testing/story.js';
import { forgetOrders } from '../testing/forget-orders.js';
import { tellStory } from '../testing/tell-story.js';
import { FactsHandler } from './facts.handler.js';

let test: ServiceUnderTest;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
});
afterAll(() => test.stop());

/** Facts arrive one by one or some together, and the rows are folded in between as it happens. */
async function arrive(facts: readonly Event[], foldAfter: (index: number) => boolean): Promise<void> {
  const handler = test.service.app.get(FactsHandler);
  const orders = test.service.app.get(OrderStore);
  for (const [index, fact] of facts.entries()) {
    await test.service.context.db.transaction((tx) => handler.handle(new Batch([fact]), tx));
    if (foldAfter(index)) await orders.foldNew(10);
  }
  while ((await orders.foldNew(10)) > 0);
}

describe('facts that are filed', () => {
  it('give a list the same status as the file, whatever order they come in', async () => {
    const arrivals = anyStory.chain((facts) =>
      fc.tuple(fc.constant(facts), anyArrival(facts), fc.integer({ min: 1, max: 4 })),
    );
    await fc.assert(
      fc.asyncProperty(arrivals, async ([facts, arrival, every]) => {
        await forgetOrders(test);
        await arrive(arrival, (index) => index % every === 0);
        const expected = orderFileOf(ORDER_ID, facts)!;
        expect(await test.service.app.get(OrderStore).file(ORDER_ID)).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(await test.service.app.get(OrderStore).list({ limit: 5 })).toEqual([
          JSON.parse(JSON.stringify(orderRowOf(expected))),
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('are seen by the list although the rows were being folded at that moment', async () => {
    await forgetOrders(test);
    const { db } = test.service.context;
    const facts = test.service.app.get(FactStore);
    const orders = test.service.app.get(OrderStore);
    const story = new Story();
    const captured = story.captured();
    await db.transaction((tx) => facts.add([captured], tx));
    const validated = story.validated(captured);
    await Promise.all([
      ...Array.from({ length: 5 }, () => orders.foldNew(10)),
      db.transaction((tx) => facts.add([validated], tx)),
      ...Array.from({ length: 5 }, () => orders.foldNew(10)),
    ]);
    while ((await orders.foldNew(10)) > 0);
    expect(await orders.list({ limit: 5 })).toMatchObject([{ orderId: ORDER_ID, status: 'accepted' }]);
  });
});

describe('writers and folds', () => {
  it('never wait for each other in a circle', async () => {
    await forgetOrders(test);
    const { db } = test.service.context;
    const facts = test.service.app.get(FactStore);
    const orders = test.service.app.get(OrderStore);
    const told = Array.from({ length: 6 }, (_, n) => ({ ...new Story().captured(), id: derivedUuid(`event ${n}`) }));
    const files = told.map((fact, n) => ({
      ...fact,
      data: { ...(fact.data as object), orderId: derivedUuid(`order ${n}`) },
    }));
    const write = (inOrder: readonly Event[]): Promise<void> =>
      db.transaction(async (tx) => {
        for (const fact of inOrder) await facts.add([{ ...fact, id: derivedUuid(`${Math.random()}`) } as never], tx);
      });
    const rounds = Array.from({ length: 15 }, () => [
      write(files),
      orders.foldNew(10),
      write([...files].reverse()),
      orders.foldNew(10),
    ]);
    await expect(Promise.all(rounds.flat())).resolves.toBeDefined();
  });
});

describe('a reader of what happens', () => {
  it('who sees one account only misses nothing of an order whose row is not folded yet', async () => {
    await forgetOrders(test);
    const { db } = test.service.context;
    const facts = test.service.app.get(FactStore);
    const changes = test.service.app.get(ChangeStore);
    const orders = test.service.app.get(OrderStore);
    const story = new Story();
    const captured = story.captured();
    await db.transaction((tx) => facts.add([captured], tx));
    await orders.foldNew(10);
    const accountId = (await orders.list({ limit: 1 }))[0]!.accountId;
    // Shown once nothing that runs anywhere on the server can still come before it.
    const first: Change[] = [];
    while (first.length === 0) first.push(...(await changes.after({ xid: '0', seq: '0' }, { accountId }, 10)));
    const from = first[0]!.position;
    const another = new Story().captured();
    const unfolded = {
      ...another,
      id: derivedUuid('its event'),
      data: { ...(another.data as object), orderId: derivedUuid('another order') },
    };
    await db.transaction((tx) => facts.add([unfolded], tx));
    await db.transaction((tx) => facts.add([story.validated(captured)], tx));
    const seen = await changes.after(from, { accountId }, 10);
    for (const deadline = Date.now() + 10_000; seen.length < 2 && Date.now() < deadline;) {
      await orders.foldNew(10);
      seen.push(...(await changes.after(seen.at(-1)?.position ?? from, { accountId }, 10)));
    }
    expect(seen.map((change) => change.fact.type)).toEqual(['order.captured.v1', 'order.validated.v1']);
    expect(await changes.after(from, { accountId: 'SOMEBODY-ELSE' }, 10)).toEqual([]);
  });

  it('misses nothing of a transaction that began earlier and commits later', async () => {
    await forgetOrders(test);
    const { db } = test.service.context;
    const facts = test.service.app.get(FactStore);
    const changes = test.service.app.get(ChangeStore);
    const from = await changes.now();
    const story = new Story();
    const [slow, quick] = [story.captured(), story.tracked(1, 'in_transit', '2026-02-04T10:00:00.000Z')];
    const other = { ...quick, data: { ...(quick.data as object), orderId: derivedUuid('another order') } };

    let finish = (): void => {};
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    let late = Promise.resolve();
    await new Promise<void>((begun) => {
      late = db.transaction(async (tx) => {
        await facts.add([slow], tx);
        begun();
        await mayFinish;
      });
    });
    await db.transaction((tx) => facts.add([other], tx));
    const before = await changes.after(from, {}, 10);
    finish();
    await late;
    // Transactions of other databases of the server hold the horizon back too: what is missing comes a moment later.
    const seen = [...before];
    for (const deadline = Date.now() + 10_000; seen.length < 2 && Date.now() < deadline;) {
      seen.push(...(await changes.after(seen.at(-1)?.position ?? from, {}, 10)));
    }
    expect(seen.map((change) => change.fact.type).sort()).toEqual([slow.type, quick.type].sort());
  });
});

describe('events on the bus', () => {
  it('become an order file that survives a restart, payments of the payer included', async () => {
    await forgetOrders(test);
    const story = new Story();
    story.validated(story.captured());
    story.dispatched(1, { '1': '10', '2': '5' });
    story.invoiced(1, { '1': '10', '2': '5' }, 13_500);
    const applied = story.paid(1, 13_500, 0);
    await tellStory(test, story);
    await test.tell(PaymentReceived, 'ACME', {
      ...paymentOf(applied),
      payerAccountId: 'ACME',
      receivedOn: '2026-02-04',
      remittance: [],
    });
    await test.idle();
    await test.restart();
    const answer = await client(test.address, ADMIN_KEY).get(`/v1/orders/${ORDER.purchaseOrderNumber}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        orderId: ORDER_ID,
        status: 'shipped',
        payments: [{ reference: 'WIRE-1' }],
        lines: [{ shipped: '10', invoiced: '10' }, { shipped: '5' }],
      },
    });
  });
});

function paymentOf(applied: Event): {
  paymentId: string;
  reference: string;
  amount: { currency: string; minor: number };
} {
  const { paymentId, amount } = applied.data as { paymentId: string; amount: { currency: string; minor: number } };
  return { paymentId, reference: 'WIRE-1', amount };
}
