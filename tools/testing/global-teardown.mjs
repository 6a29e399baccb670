export default async function teardown() {
  await globalThis.__railheadPostgres?.stop();
}
