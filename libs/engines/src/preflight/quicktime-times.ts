import { clockOf, kindOf, longIn, partsOf, type Part, type Parts } from './quicktime.ts';
import { tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

/** Tracks whose times a proxy follows, by handler. */
const PLAYED: Readonly<Record<string, string>> = { vide: 'picture', soun: 'sound' };

/**
 * Bytes of an entry in a list of times (two 32-bit numbers), and most entries of a list: a day of video with a different duration
 * for every frame has fewer.
 */
const ENTRY_BYTES = 8;
const MOST_ENTRIES = 10_000_000;
const ENTRIES_AT_ONCE = 8192;

/**
 * Samples by which sum and length may differ: some writers don't count the last sample, and AAC begins with one that isn't heard.
 */
const SAMPLES = 1.5;
/** Difference in seconds that may be due to rounding. */
const LEAST_SECONDS = 0.1;
/** Lengths that mean unknown, as in fragments. */
const UNKNOWN = new Set([0, 2 ** 32 - 1, 2 ** 64]);

/**
 * Checks that a track's list of times (`stts`) adds up to the length in its header (`mdhd`) or the movie's (`mvhd`), within a
 * sample: in decoding order, or as shown (`ctts`), since writers count either. Skips fragmented files, in which lists and headers
 * cover only what comes before the first fragment.
 *
 * @returns the damage, or `null`.
 */
export async function quicktimeTimesDamage(
  read: RangeReader,
  size: number,
): Promise<string | null> {
  const { movie, tracks } = await partsOf(read, size);
  if ([movie, ...tracks].some((parts) => parts.has('mvex'))) return null;
  for (const parts of tracks) {
    const damage = await damageOf(read, movie, parts);
    if (damage !== null) return damage;
  }
  return null;
}

async function damageOf(read: RangeReader, movie: Parts, parts: Parts): Promise<string | null> {
  const kind = PLAYED[kindOf(parts)];
  if (kind === undefined) return null;
  const lists = [parts.get('stts'), parts.get('ctts')] as const;
  if (lists.some((list) => entriesIn(list) > MOST_ENTRIES))
    return tooManyParts(MOST_ENTRIES, 'entries in a list of times');
  const { samples, ticks, shown } = await lengthsOf(read, ...lists);
  const { ticks: length, scale } = clockOf(parts.get('mdhd'));
  if (UNKNOWN.has(length) || samples === 0) return null;
  const most = Math.max(LEAST_SECONDS * scale, (SAMPLES * length) / samples);
  // In a track of a phone that begins late, the first sample lasts longer by that delay, which only the movie's length includes.
  const whole = clockOf(movie.get('mvhd'));
  const lengths = [length, UNKNOWN.has(whole.ticks) ? length : (whole.ticks / whole.scale) * scale];
  if (lengths.some((one) => [ticks, shown].some((sum) => Math.abs(sum - one) <= most))) return null;
  const seconds = (count: number) => `${(count / scale).toFixed(2)} s`;
  return `the times of its ${kind} add up to ${seconds(ticks)}, and its header says ${seconds(length)}`;
}

/**
 * Number of samples in a list of times, the sum of their durations (`ticks`), and the time from the first one shown to the end of
 * the last one shown (`shown`).
 */
async function lengthsOf(
  read: RangeReader,
  times: Part | undefined,
  offsets: Part | undefined,
): Promise<{ samples: number; ticks: number; shown: number }> {
  const order = new Offsets(pagesOf(read, offsets));
  let [samples, ticks, first, end] = [0, 0, Infinity, -Infinity];
  for await (const page of pagesOf(read, times))
    for (const [count, duration] of page)
      for (let left = count; left > 0;) {
        if (order.left === 0) await order.next();
        const same = Math.min(left, order.left);
        first = Math.min(first, ticks + order.offset);
        ticks += same * duration;
        end = Math.max(end, ticks + order.offset);
        samples += same;
        left -= same;
        order.left -= same;
      }
  return { samples, ticks, shown: end - first };
}

/** Offsets from decoding to display of each sample, in ticks; 0 past the end of the list. */
class Offsets {
  /** Remaining samples with the same offset. */
  left = 0;
  offset = 0;
  #page: Page = [];
  #at = 0;

  constructor(private readonly pages: AsyncGenerator<Page>) {}

  async next(): Promise<void> {
    while (this.#at === this.#page.length) {
      const { value, done } = await this.pages.next();
      if (done === true) return this.#set(Infinity, 0);
      [this.#page, this.#at] = [value, 0];
    }
    const [count, offset] = this.#page[this.#at++] ?? [0, 0];
    this.#set(count, offset | 0);
  }

  #set(left: number, offset: number) {
    [this.left, this.offset] = [left, offset];
  }
}

/** Pairs of a sample count and a value. */
type Page = readonly (readonly [count: number, value: number])[];

const entriesIn = (list: Part | undefined) => longIn(list, 4);

/** Yields the entries of a list, some thousand at a time. */
async function* pagesOf(read: RangeReader, list: Part | undefined): AsyncGenerator<Page> {
  if (list === undefined) return;
  const begin = list.value + ENTRY_BYTES;
  const end = Math.min(list.end, begin + ENTRY_BYTES * entriesIn(list));
  for (let at = begin; at < end; at += ENTRY_BYTES * ENTRIES_AT_ONCE) {
    const view = await viewAt(read, at, Math.min(end - at, ENTRY_BYTES * ENTRIES_AT_ONCE));
    if (view === null) return;
    yield Array.from({ length: Math.floor(view.byteLength / ENTRY_BYTES) }, (_, entry) => [
      view.getUint32(entry * ENTRY_BYTES),
      view.getUint32(entry * ENTRY_BYTES + 4),
    ]);
  }
}
