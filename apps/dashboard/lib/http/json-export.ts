/** `{ …head, "name": […] }` in parts, for large views. */
export function* jsonOf(
  head: Readonly<Record<string, unknown>>,
  name: string,
  parts: Iterable<readonly unknown[]>,
): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"${name}":[`;
  let separator = '\n';
  for (const part of parts) {
    if (part.length === 0) continue;
    yield separator + part.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Each row of each part as something else. */
export function* mapped<Row, Other>(
  parts: Iterable<readonly Row[]>,
  change: (row: Row) => Other,
): Generator<Other[]> {
  for (const part of parts) yield part.map(change);
}
