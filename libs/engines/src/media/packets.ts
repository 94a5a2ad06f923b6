import { type PacketFacts, videoAndTracks, type MediaInfo } from './media-info.ts';
import { LineSplitter } from './line-splitter.ts';

/** One packet. */
export interface Packet {
  /** In ticks of the stream's clock; `null` for a packet without a time. */
  time: number | null;
  /** In ticks. */
  duration: number;
  bytes: number;
  isHidden: boolean;
  isKey: boolean;
  /** True if the demuxer knows that some of it is missing. */
  isCorrupt?: boolean;
}

/** Most packets whose PTS and size are kept, 23 hours at 120 frames per second. A longer file can't be compared frame by frame. */
const MAX_PACKETS = 10_000_000;

/** Accumulates packets, keeping only the PTS and size of each. */
export class PacketCounts implements PacketFacts {
  count = 0;
  shown = 0;
  readonly times: number[] = [];
  readonly sizes: number[] = [];
  firstKey: number | null = null;
  first: number | null = null;
  end: number | null = null;
  corruptFrom?: number;

  add({ time, duration, bytes, isHidden, isKey, isCorrupt = false }: Packet): void {
    if (isCorrupt) this.corruptFrom ??= time ?? this.end ?? 0;
    this.count += 1;
    if (isHidden) return;
    if (isKey) this.firstKey ??= this.shown;
    this.shown += 1;
    if (this.sizes.length < MAX_PACKETS) this.sizes.push(bytes);
    if (time === null) return;
    if (this.times.length < MAX_PACKETS) this.times.push(time);
    this.first = Math.min(this.first ?? time, time);
    this.end = Math.max(this.end ?? time, time + duration);
  }

  /** The same packets, delayed by some ticks. */
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

/** Largest size in bytes of a packet without a frame. */
const MARKER = 1;

/**
 * Facts without the packets that mark empty slots: encoders for AVI write one in place of a frame that is dropped or comes later.
 */
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

/** Facts without the last packet in file order, as far as it is known which times and sizes are its own. */
export function withoutLast(facts: PacketFacts): PacketFacts {
  const { count, shown, times, sizes } = facts;
  const isTimed = times.length === sizes.length;
  return {
    ...facts,
    count: count - 1,
    shown: shown - 1,
    times: isTimed ? times.slice(0, -1) : times,
    sizes: sizes.slice(0, -1),
  };
}

const MICROSECONDS = 1_000_000;
const CLOCK = /^#tb (\d+): (\d+)\/(\d+)/;
/** Stream, DTS, PTS, duration, bytes, checksum, flags; side data follows. */
const LISTED_PACKET =
  /^(\d+), +(-?\d+), +(-?\d+), +(\d+), +(\d+), 0x[0-9a-f]+(?:, F=0x([0-9A-F]+))?/;
/** `AV_PKT_FLAG_DISCARD`: an edit list hides the packet. Flags that aren't written are those of a key frame, `AV_PKT_FLAG_KEY`. */
const HIDDEN_FLAG = 0x4;
const KEY_FLAG = 0x1;
/** Characters; a longer line is neither clock nor packet. */
const MAX_LINE_LENGTH = 1024;

interface Stream {
  counts: PacketCounts;
  /** Ticks per second of its clock. */
  ticks: number;
}

/**
 * Parses the packet list of FFmpeg's muxer `framecrc` as it arrives. For copied streams it gives the same facts as ffprobe
 * (`PacketScan`), without another read of the file, except that FFmpeg gives a duration to packets that have none.
 */
export class PacketList {
  readonly #streams = new Map<number, Stream>();
  readonly #lines = new LineSplitter((line) => this.#takeLine(line), MAX_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  /** Sizes in bytes of the packets of each stream, in the order of mapping. */
  sizes(): (readonly number[])[] {
    return [...this.#streams.values()].map(({ counts }) => counts.sizes);
  }

  /**
   * Packet facts by stream index, for a file whose video and audio were copied; `null` for a stream without packets. Times are
   * moved back to the file's own clock, because FFmpeg has subtracted the start.
   */
  factsFor(media: MediaInfo): ReadonlyMap<number, PacketFacts | null> {
    const microseconds = Math.round((media.startSeconds ?? 0) * MICROSECONDS);
    const streams = [...this.#streams.values()];
    return new Map(
      videoAndTracks(media).map(({ index }, n) => {
        const { counts, ticks = 0 } = streams[n] ?? {};
        const moved = awayFromZero((microseconds * ticks) / MICROSECONDS);
        return [index, counts && counts.count > 0 ? counts.movedBy(moved) : null];
      }),
    );
  }

  #takeLine(line: string) {
    const [, stream, numerator, denominator] = CLOCK.exec(line) ?? [];
    if (stream === undefined) return this.#takePacket(line);
    const ticks = Number(denominator) / Number(numerator);
    this.#streams.set(Number(stream), { ticks, counts: new PacketCounts() });
  }

  #takePacket(line: string) {
    const [, stream, , time, duration, bytes, flags = '1'] = LISTED_PACKET.exec(line) ?? [];
    const marks = Number.parseInt(flags, 16);
    this.#streams.get(Number(stream))?.counts.add({
      time: Number(time),
      duration: Number(duration),
      bytes: Number(bytes),
      isHidden: (marks & HIDDEN_FLAG) !== 0,
      isKey: (marks & KEY_FLAG) !== 0,
    });
  }
}

/** Rounds halves away from zero, as FFmpeg does (`AV_ROUND_NEAR_INF`). */
function awayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

const PACKET = /^\s*\{ "stream_index": (\d+)(?:, "pts": (-?\d+))?(?:, "dts": (-?\d+))?/;
const DURATION = /"duration": (\d+)/;
const SIZE = /"size": "(\d+)"/;
/** End of a packet's side data, which follows it on lines of its own. */
const END = /^ {12}\] \},?\r?$/;
const HIDDEN = /"flags": "[^"]*D/;
const CORRUPT = /"flags": "[^"]*C/;
const KEY = /"flags": "K/;

/** Longest description of a clip, in characters. */
const MAX_DESCRIPTION_LENGTH = 32 * 1024 * 1024;

/** Thrown for a file whose tags or side data are longer than those of any clip. */
export class DescriptionTooLongError extends Error {
  override readonly name = 'DescriptionTooLongError';

  constructor(most: number) {
    super(`its tags and side data are longer than ${most} characters`);
  }
}

function numberIn(line: string, pattern: RegExp): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}

/**
 * Parses ffprobe's JSON as it arrives. Packets, one a line (`json=compact=1`), are accumulated; everything else is the description.
 */
export class PacketScan {
  readonly #packets = new Map<number, PacketCounts>();
  readonly #lines: LineSplitter;
  #isInside = false;
  #description: string[] = [];
  #length = 0;

  /** @param most characters of the description. */
  constructor(private readonly most = MAX_DESCRIPTION_LENGTH) {
    this.#lines = new LineSplitter((line) => this.#takeLine(line), most + 1, 'utf8');
  }

  /** @throws DescriptionTooLongError when the description exceeds the limit. */
  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
    if (this.#length + this.#lines.restLength > this.most) {
      throw new DescriptionTooLongError(this.most);
    }
  }

  /** The document without its packets. */
  description(): string {
    return [...this.#description, this.#lines.rest()].join('\n');
  }

  /** Facts by stream index. */
  packets(): ReadonlyMap<number, PacketFacts> {
    return this.#packets;
  }

  #takeLine(line: string) {
    if (this.#takePacket(line)) return;
    this.#description.push(line);
    this.#length += line.length;
  }

  #takePacket(line: string): boolean {
    if (this.#isInside) {
      this.#isInside = !END.test(line);
      return true;
    }
    const [, stream, pts, dts] = PACKET.exec(line) ?? [];
    if (stream === undefined) return false;
    this.#isInside = !/\},?\s*$/.test(line);
    const time = pts ?? dts;
    const counts = this.#packets.get(Number(stream)) ?? new PacketCounts();
    this.#packets.set(Number(stream), counts);
    counts.add({
      time: time === undefined ? null : Number(time),
      duration: numberIn(line, DURATION),
      bytes: numberIn(line, SIZE),
      isHidden: HIDDEN.test(line),
      isKey: KEY.test(line),
      isCorrupt: CORRUPT.test(line),
    });
    return true;
  }
}
