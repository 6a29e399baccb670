// Somebody asks where orders stand, each time another one.
export const KEY = `bench-admin.${'b'.repeat(40)}`;

/** @param {{ orderIds: string[] }} options */
export function requestsFor(count, { orderIds }) {
  return Array.from({ length: count }, (_, index) => ({
    method: 'GET',
    path: `/v1/orders/${orderIds[(index * 7919) % orderIds.length]}`,
    headers: { authorization: `Bearer ${KEY}` },
  }));
}
