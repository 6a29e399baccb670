/**
 * Keeps what a row has started, so that all of it ends: the last first, also when one of them does not start.
 *
 * @param {(later: (end: () => Promise<void>) => void) => Promise<(contestant: string) => Promise<object>>} start is given a
 *   function that remembers how to end something, and resolves with the row's `measure`
 */
export async function opened(start) {
  const ends = new AsyncDisposableStack();
  try {
    const measure = await start((end) => ends.defer(end));
    return { measure, close: () => ends.disposeAsync() };
  } catch (error) {
    await ends.disposeAsync().catch(() => {});
    throw error;
  }
}
