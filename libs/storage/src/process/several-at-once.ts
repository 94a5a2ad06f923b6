import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';

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
  const concurrency = Math.min(MOST_AT_ONCE, Math.max(2, availableParallelism()));
  const queue = new PQueue({ concurrency });
  let done = 0;
  const tasks = items.map((item) => async () => {
    const value = await work(item);
    onDone(++done);
    return value;
  });
  return queue.addAll(tasks).finally(() => queue.clear());
}
