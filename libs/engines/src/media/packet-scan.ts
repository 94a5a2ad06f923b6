import { LineCutter } from './line-cutter.ts';
import { PacketCounts, type PacketFacts } from './packet-counts.ts';

const PACKET = /^\s*\{ "stream_index": (\d+)(?:, "pts": (-?\d+))?(?:, "dts": (-?\d+))?/;
const DURATION = /"duration": (\d+)/;
const SIZE = /"size": "(\d+)"/;
/** What belongs to a packet and follows on lines of its own, its side data, ends so. */
const END = /^ {12}\] \},?\r?$/;
const HIDDEN = /"flags": "[^"]*D/;
const KEY = /"flags": "K/;

/** A clip's description is shorter than this, in characters. */
const MAX_DESCRIPTION_LENGTH = 32 * 1024 * 1024;

/** A file whose tags or side data are longer than those of any clip. */
export class DescriptionTooLongError extends Error {
  override readonly name = 'DescriptionTooLongError';

  constructor(most: number) {
    super(`its tags and what else describes it are longer than ${most} characters`);
  }
}

function numberIn(line: string, pattern: RegExp): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}

/**
 * Reads ffprobe's JSON while it comes. Packets, one a line (`json=compact=1`), are added up; everything else is the
 * description.
 */
export class PacketScan {
  readonly #packets = new Map<number, PacketCounts>();
  readonly #lines: LineCutter;
  #isInside = false;
  #description: string[] = [];
  #length = 0;

  /** @param most characters of the description. */
  constructor(private readonly most = MAX_DESCRIPTION_LENGTH) {
    this.#lines = new LineCutter((line) => this.#takeLine(line), most + 1, 'utf8');
  }

  /** @throws DescriptionTooLongError when the description is longer than the most. */
  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
    if (this.#length + this.#lines.begunLength > this.most) {
      throw new DescriptionTooLongError(this.most);
    }
  }

  /** The document without its packets. */
  description(): string {
    return [...this.#description, this.#lines.begun()].join('\n');
  }

  /** By stream index. */
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
    });
    return true;
  }
}
