import { StringDecoder } from 'node:string_decoder';

/** What the packets of one stream tell, where a file was read to its end. */
export interface PacketFacts {
  count: number;
  /** Those that are shown: an edit list may hide some. */
  shown: number;
  /** When they are shown, in ticks of the stream's clock and in the order of the file. */
  times: readonly number[];
  /** From the first time to the end of the last packet, in ticks; `null` when no packet has a time. */
  first: number | null;
  end: number | null;
  /** Bytes of each that is shown, in the order of the file. */
  sizes: readonly number[];
}

/** A file of more pictures than this can't be compared frame by frame: 23 hours at 120 a second. */
const MOST_PACKETS = 10_000_000;
const PACKET = /^\s*\{ "stream_index": (\d+)(?:, "pts": (-?\d+))?(?:, "dts": (-?\d+))?/;
const DURATION = /"duration": (\d+)/;
const SIZE = /"size": "(\d+)"/;
/** What belongs to a packet and follows on lines of its own, its side data, ends so. */
const END = /^ {12}\] \},?\r?$/;
const HIDDEN = /"flags": "[^"]*D/;

class Tally implements PacketFacts {
  count = 0;
  shown = 0;
  readonly times: number[] = [];
  readonly sizes: number[] = [];
  first: number | null = null;
  end: number | null = null;

  add(time: number | null, line: string) {
    this.count += 1;
    if (HIDDEN.test(line)) return;
    this.shown += 1;
    if (this.sizes.length < MOST_PACKETS) this.sizes.push(numberIn(line, SIZE));
    if (time === null) return;
    if (this.times.length < MOST_PACKETS) this.times.push(time);
    this.first = Math.min(this.first ?? time, time);
    this.end = Math.max(this.end ?? time, time + numberIn(line, DURATION));
  }
}

function numberIn(line: string, pattern: RegExp): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}

/**
 * Reads ffprobe's JSON while it comes. Packets, one a line (`json=compact=1`), are added up. Of each only its
 * time and its size are kept; everything else is the description.
 */
export class PacketScan {
  readonly #packets = new Map<number, Tally>();
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #isInside = false;
  #description: string[] = [];

  /** @returns how much of the description a chunk has brought, in characters. */
  take(chunk: Uint8Array): number {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(chunk))).split('\n');
    this.#rest = lines.pop() ?? '';
    const kept = lines.filter((line) => !this.#takePacket(line));
    this.#description.push(...kept);
    return kept.reduce((sum, line) => sum + line.length, 0);
  }

  /** The document without its packets. */
  description(): string {
    return [...this.#description, this.#rest].join('\n');
  }

  /** By stream index. */
  packets(): ReadonlyMap<number, PacketFacts> {
    return this.#packets;
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
    const tally = this.#packets.get(Number(stream)) ?? new Tally();
    this.#packets.set(Number(stream), tally);
    tally.add(time === undefined ? null : Number(time), line);
    return true;
  }
}
