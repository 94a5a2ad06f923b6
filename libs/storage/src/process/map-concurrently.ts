import { availableParallelism } from 'node:os';

/** Limit of concurrent calls. */
const MAX_CONCURRENT = 8;

/**
 * Maps items concurrently and returns the values in their order.
 *
 * @param onDone called with the number of items done.
 * @throws the first error of `work`; no more items are begun then.
 */
export async function mapConcurrently<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
  onDone: (count: number) => void = () => undefined,
): Promise<Value[]> {
  const workers = Math.min(MAX_CONCURRENT, Math.max(2, availableParallelism()));
  const values: Value[] = [];
  let [next, done] = [0, 0];
  // No queue: it would hold an entry for each item, and a card may have very many.
  const takeTurns = async () => {
    try {
      for (let index = next++; index < items.length; index = next++) {
        values[index] = await work(items[index] as Item);
        onDone(++done);
      }
    } finally {
      next = items.length;
    }
  };
  await Promise.all(Array.from({ length: workers }, takeTurns));
  return values;
}
