import { availableParallelism } from 'node:os';

/** Storage answers several questions at once, and so does no machine without end. */
const MOST_AT_ONCE = 8;

/**
 * Does the same with every item, several at once, and answers in their order. Of what isn't begun nothing is kept.
 *
 * @param onDone told how many are done.
 * @throws what the first that fails throws; no more are begun then.
 */
export async function severalAtOnce<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
  onDone: (count: number) => void = () => undefined,
): Promise<Value[]> {
  const values: Value[] = [];
  const left = oneByOne(items);
  let done = 0;
  const workThrough = async () => {
    // All of them take from one generator, and a failure ends it.
    for (const [index, item] of left) {
      values[index] = await work(item);
      onDone(++done);
    }
  };
  const concurrency = Math.min(MOST_AT_ONCE, Math.max(2, availableParallelism()));
  await Promise.all(Array.from({ length: concurrency }, workThrough));
  return values;
}

function* oneByOne<Item>(items: readonly Item[]): Generator<[index: number, item: Item]> {
  yield* items.entries();
}
