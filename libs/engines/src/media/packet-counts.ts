/** What the packets of one stream tell, where a file was read to its end. */
export interface PacketFacts {
  count: number;
  /** Those that are shown: an edit list may hide some. */
  shown: number;
  /** When they are shown, in ticks of the stream's clock and in the order of the file. */
  times: readonly number[];
  /** Which of them is the first key picture, from 0; `null` without any. */
  firstKey: number | null;
  /** From the first time to the end of the last packet, in ticks; `null` when no packet has a time. */
  first: number | null;
  end: number | null;
  /** Bytes of each that is shown, in the order of the file. */
  sizes: readonly number[];
  /** Slots that are marked as empty, by packets that count as none. The picture before may stay in them. */
  markedEmpty?: number;
}

/** One packet. */
export interface Packet {
  /** Ticks of the stream's clock; `null` for one that has no time. */
  time: number | null;
  /** Ticks. */
  duration: number;
  bytes: number;
  isHidden: boolean;
  isKey: boolean;
}

/** A file of more pictures than this can't be compared frame by frame: 23 hours at 120 a second. */
const MOST_PACKETS = 10_000_000;

/** Adds packets up. Of each only its time and its size are kept. */
export class PacketCounts implements PacketFacts {
  count = 0;
  shown = 0;
  readonly times: number[] = [];
  readonly sizes: number[] = [];
  firstKey: number | null = null;
  first: number | null = null;
  end: number | null = null;

  add({ time, duration, bytes, isHidden, isKey }: Packet): void {
    this.count += 1;
    if (isHidden) return;
    if (isKey) this.firstKey ??= this.shown;
    this.shown += 1;
    if (this.sizes.length < MOST_PACKETS) this.sizes.push(bytes);
    if (time === null) return;
    if (this.times.length < MOST_PACKETS) this.times.push(time);
    this.first = Math.min(this.first ?? time, time);
    this.end = Math.max(this.end ?? time, time + duration);
  }

  /** The same packets, later by so many ticks. */
  movedBy(ticks: number): PacketFacts {
    const later = (time: number | null) => (time === null ? null : time + ticks);
    const { count, shown, times, sizes, firstKey, first, end } = this;
    if (ticks === 0) return { count, shown, times, sizes, firstKey, first, end };
    return {
      count,
      shown,
      times: times.map((time) => time + ticks),
      sizes,
      firstKey,
      first: later(first),
      end: later(end),
    };
  }
}

/** Bytes of a packet that holds no picture. */
const MARKER = 1;

/** Without the packets that mark a slot as empty: encoders for AVI write one in place of a picture that is left out or comes later. */
export function withoutMarkers(facts: PacketFacts): PacketFacts {
  const { sizes, times } = facts;
  const isMarker = (n: number) => (sizes[n] ?? Infinity) <= MARKER;
  const markers = sizes.flatMap((_, n) => (isMarker(n) ? n : []));
  if (markers.length === 0) return facts;
  const key = facts.firstKey;
  return {
    ...facts,
    count: facts.count - markers.length,
    shown: facts.shown - markers.length,
    times: times.length === sizes.length ? times.filter((_, n) => !isMarker(n)) : times,
    sizes: sizes.filter((_, n) => !isMarker(n)),
    markedEmpty: markers.length,
    firstKey: key === null ? null : key - markers.filter((n) => n < key).length,
  };
}
