// The database and the broker of one row.
import { startBroker, startPostgres } from '../../servers.mjs';

/** A PostgreSQL that ends with the row. */
export async function ownPostgres(later) {
  const postgres = await startPostgres();
  later(() => postgres.stop());
  return postgres;
}

/** A broker that ends with the row. */
export async function ownBroker(later) {
  const kafka = await startBroker();
  later(() => kafka.stop());
  return kafka;
}
