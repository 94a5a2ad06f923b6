import type { Atom } from './quicktime.ts';
import { clockOf, partsOf, valueOf, type Parts } from './quicktime-tracks.ts';
import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

/** Tracks whose times a proxy follows, by their handlers. */
const PLAYED: Readonly<Record<string, string>> = { vide: 'picture', soun: 'sound' };

/** Of a list of times, two numbers of four bytes each; a day of pictures of which each stays for another time has fewer. */
const ENTRY_BYTES = 8;
const MOST_ENTRIES = 10_000_000;
const ENTRIES_AT_ONCE = 8192;

/** Samples by which sum and length may differ: writers count the last one or don't, and AAC begins with one that isn't heard. */
const SAMPLES = 1.5;
/** Seconds that are no loss, as where one is rounded. */
const LEAST_SECONDS = 0.1;
/** A length that isn't known, as in fragments. */
const UNKNOWN = new Set([0, 2 ** 32 - 1, 2 ** 64]);

/**
 * A track's list of times (`stts`) adds up to the length in its header (`mdhd`) or the movie's (`mvhd`), but for a sample. It may stay
 * behind by as much as pictures are reordered (`ctts`): cut between those, it ends with one that others before it are missing for. In a
 * file of fragments all tell only of what comes before the first.
 *
 * @returns What is wrong, or `null`.
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
  const handler = await valueOf(read, parts.get('hdlr'), 12);
  const kind = handler && PLAYED[textAt(handler, 8, 4)];
  if (!kind) return null;
  let [samples, ticks] = [0, 0];
  const isRead = await eachEntry(read, parts.get('stts'), (count, duration) => {
    samples += count;
    ticks += count * duration;
  });
  let [least, greatest] = [0, 0];
  const isOrdered = await eachEntry(read, parts.get('ctts'), (_, offset) => {
    least = Math.min(least, offset | 0);
    greatest = Math.max(greatest, offset | 0);
  });
  if (!isRead || !isOrdered) return tooManyParts(MOST_ENTRIES, 'entries in a list of times');
  const { ticks: length, scale } = await clockOf(read, parts.get('mdhd'));
  if (UNKNOWN.has(length) || samples === 0) return null;
  const most = Math.max(LEAST_SECONDS * scale, (SAMPLES * length) / samples);
  const mostShort = most + greatest - least;
  // The first sample of a phone's track lasts as long as the track begins late: only the movie's length counts that.
  const whole = await clockOf(read, movie.get('mvhd'));
  const lengths = [length, UNKNOWN.has(whole.ticks) ? length : (whole.ticks / whole.scale) * scale];
  if (lengths.some((one) => ticks - one <= most && one - ticks <= mostShort)) return null;
  const seconds = (count: number) => `${(count / scale).toFixed(2)} s`;
  return `the times of its ${kind} add up to ${seconds(ticks)}, and its header says ${seconds(length)}`;
}

/** Goes through a list of pairs of numbers, of which the first counts samples. @returns false where it has too many. */
async function eachEntry(
  read: RangeReader,
  list: Atom | undefined,
  take: (count: number, value: number) => void,
): Promise<boolean> {
  const entries = (await valueOf(read, list, ENTRY_BYTES))?.getUint32(4) ?? 0;
  if (list === undefined || entries > MOST_ENTRIES) return list === undefined;
  const begin = list.value + ENTRY_BYTES;
  const end = Math.min(list.end, begin + ENTRY_BYTES * entries);
  for (let at = begin; at < end; at += ENTRY_BYTES * ENTRIES_AT_ONCE) {
    const view = await viewAt(read, at, Math.min(end - at, ENTRY_BYTES * ENTRIES_AT_ONCE));
    if (view === null) break;
    for (let entry = 0; entry + ENTRY_BYTES <= view.byteLength; entry += ENTRY_BYTES)
      take(view.getUint32(entry), view.getUint32(entry + 4));
  }
  return true;
}
