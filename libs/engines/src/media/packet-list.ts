import { LineCutter } from './line-cutter.ts';
import { videoAndTracks, type MediaInfo } from './media-info.ts';
import { PacketCounts, type PacketFacts } from './packet-counts.ts';

const MICROSECONDS = 1_000_000;
const CLOCK = /^#tb (\d+): (\d+)\/(\d+)/;
/** Stream, time of decoding, time, duration, bytes, and a checksum; then what marks it, and what belongs to it. */
const PACKET = /^(\d+), +(-?\d+), +(-?\d+), +(\d+), +(\d+), 0x[0-9a-f]+(?:, F=0x([0-9A-F]+))?/;
/** `AV_PKT_FLAG_DISCARD`: an edit list hides the packet. Marks that aren't written are those of a key picture, `AV_PKT_FLAG_KEY`. */
const HIDDEN = 0x4;
const KEY = 0x1;
/** A longer line is none of these. */
const MAX_LINE_LENGTH = 1024;

interface Stream {
  counts: PacketCounts;
  /** Of its clock, in a second. */
  ticks: number;
}

/**
 * Reads the list of packets that FFmpeg's muxer `framecrc` makes, while it comes. Of streams that are copied, it tells what
 * ffprobe does (`PacketScan`), and costs no reading where the file is read anyway. Only a packet without a duration is given one.
 */
export class PacketList {
  readonly #streams = new Map<number, Stream>();
  readonly #lines = new LineCutter((line) => this.#takeLine(line), MAX_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  /** Bytes of each packet, by stream, in the order in which they are mapped. */
  sizes(): (readonly number[])[] {
    return [...this.#streams.values()].map(({ counts }) => counts.sizes);
  }

  /**
   * By stream index, what is known of a file whose picture and tracks were copied; `null` for a stream without packets. FFmpeg took
   * the start of the file off all times, which are its own again here.
   */
  of(media: MediaInfo): ReadonlyMap<number, PacketFacts | null> {
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
    const [, stream, , time, duration, bytes, flags = '1'] = PACKET.exec(line) ?? [];
    const marks = Number.parseInt(flags, 16);
    this.#streams.get(Number(stream))?.counts.add({
      time: Number(time),
      duration: Number(duration),
      bytes: Number(bytes),
      isHidden: (marks & HIDDEN) !== 0,
      isKey: (marks & KEY) !== 0,
    });
  }
}

/** FFmpeg rounds a half so (`AV_ROUND_NEAR_INF`). */
function awayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
