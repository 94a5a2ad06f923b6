/** Groups items by key, in order of first appearance, like `Map.groupBy` of newer Nodes. */
export function grouped<T, Key>(
  items: Iterable<T>,
  keyOf: (item: T) => Key,
): Map<Key, [T, ...T[]]> {
  const groups = new Map<Key, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
