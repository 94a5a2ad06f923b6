import { availableParallelism } from 'node:os';

/** Storage answers several questions at once, and so does no machine without end. */
const MOST_AT_ONCE = 8;

/**
 * Does the same with every item, several at once, and answers in their order.
 *
 * @param onDone told how many are done.
 * @throws what the first that fails throws; no more are begun then.
 */
export async function severalAtOnce<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
  onDone: (count: number) => void = () => undefined,
): Promise<Value[]> {
  const workers = Math.min(MOST_AT_ONCE, Math.max(2, availableParallelism()));
  const values: Value[] = [];
  let [next, done] = [0, 0];
  // A queue would hold an entry for each item: there may be as many as a card has files.
  const workOff = async () => {
    try {
      for (let index = next++; index < items.length; index = next++) {
        values[index] = await work(items[index] as Item);
        onDone(++done);
      }
    } finally {
      next = items.length;
    }
  };
  await Promise.all(Array.from({ length: workers }, workOff));
  return values;
}
