import { PacketTally, type PacketFacts } from './packet-tally.ts';

const MICROSECONDS = 1_000_000;
const CLOCK = /^#tb (\d+): (\d+)\/(\d+)/;
/** Stream, time of decoding, time, duration, bytes, and a checksum; then what marks it, and what belongs to it. */
const PACKET = /^(\d+), +(-?\d+), +(-?\d+), +(\d+), +(\d+), 0x[0-9a-f]+(?:, F=0x([0-9A-F]+))?/;
/** `AV_PKT_FLAG_DISCARD`: an edit list hides the packet. */
const HIDDEN = 0x4;
/** A longer line is none of these: it is cut off, so that it costs no memory. */
const MAX_LINE_LENGTH = 1024;

interface Stream {
  /** Ticks that FFmpeg has taken off each time. */
  moved: number;
  tally: PacketTally;
}

/**
 * Reads the list of packets that FFmpeg's muxer `framecrc` makes, while it comes. Of streams that are copied, it tells what
 * ffprobe does (`PacketScan`), and costs no reading where the file is read anyway.
 */
export class PacketList {
  readonly #streams = new Map<number, Stream>();
  #rest = '';

  /** @param startSeconds where FFmpeg puts zero in the file: it takes that off all times. */
  constructor(private readonly startSeconds: number) {}

  take(chunk: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop()?.slice(-MAX_LINE_LENGTH) ?? '';
    for (const line of lines) this.#takeLine(line);
  }

  /** Of each stream, in the order in which they are mapped; `null` for one without packets. */
  packets(): (PacketFacts | null)[] {
    return [...this.#streams.values()].map(({ tally }) => (tally.count > 0 ? tally : null));
  }

  #takeLine(line: string) {
    const [, stream, numerator, denominator] = CLOCK.exec(line) ?? [];
    if (stream === undefined) return this.#takePacket(line);
    const ticks = Number(denominator) / Number(numerator);
    const microseconds = Math.round(this.startSeconds * MICROSECONDS);
    const moved = awayFromZero((microseconds * ticks) / MICROSECONDS);
    this.#streams.set(Number(stream), { moved, tally: new PacketTally() });
  }

  #takePacket(line: string) {
    const [, stream, , time, duration, bytes, flags = '0'] = PACKET.exec(line) ?? [];
    const known = this.#streams.get(Number(stream));
    known?.tally.add({
      time: Number(time) + known.moved,
      duration: Number(duration),
      bytes: Number(bytes),
      isHidden: (Number.parseInt(flags, 16) & HIDDEN) !== 0,
    });
  }
}

/** FFmpeg rounds a half so (`AV_ROUND_NEAR_INF`). */
function awayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
