/** Of more names than this some are skipped, evenly: what is held for them stays bounded. */
const MOST_LOOKED_AT = 200_000;
/** So many stand before all others, which keep their order: names next to each other are read, and written, faster. */
const FIRST = 2000;

/**
 * Puts the jobs that were written last before all others: they are what somebody wants to see while the rest is read. Where
 * not every file was looked at, the names that follow a late one count as late: they are of the same day mostly.
 * @param names in their order
 * @param timesOf when each of some was written, NaN where nobody looked
 */
export async function latestFirst(
  names: readonly string[],
  timesOf: (some: readonly string[]) => Promise<Float64Array>,
): Promise<string[]> {
  const skipped = Math.ceil(names.length / MOST_LOOKED_AT);
  const times = await timesOf(names.filter((_, at) => at % skipped === 0));
  const seen = Array.from(times.keys()).filter((at) => !Number.isNaN(times[at]));
  const apart = Math.ceil(names.length / seen.length);
  const latest = seen
    .toSorted((a, b) => (times[b] ?? 0) - (times[a] ?? 0))
    .slice(0, Math.ceil(FIRST / apart));
  const first = new Set(latest.flatMap((at) => names.slice(at * skipped, at * skipped + apart)));
  return [...first, ...names.filter((name) => !first.has(name))];
}
