/** The order files as people see them: how many orders stand at each status, asked at the gateway. */
export async function orderStatuses(cluster) {
  const counts = new Map();
  let cursor = '';
  do {
    const answer = await fetch(`${cluster.urlOf('gateway')}/v1/orders?limit=200${cursor}`, {
      headers: { authorization: `Bearer ${cluster.credentials.adminKey}` },
    });
    const { orders, next } = await answer.json();
    for (const { status } of orders) counts.set(status, (counts.get(status) ?? 0) + 1);
    cursor = next ? `&cursor=${encodeURIComponent(next)}` : undefined;
  } while (cursor !== undefined);
  return Object.fromEntries(counts);
}
