import { StringDecoder } from 'node:string_decoder';
import { PacketTally, type PacketFacts } from './packet-tally.ts';

const PACKET = /^\s*\{ "stream_index": (\d+)(?:, "pts": (-?\d+))?(?:, "dts": (-?\d+))?/;
const DURATION = /"duration": (\d+)/;
const SIZE = /"size": "(\d+)"/;
/** What belongs to a packet and follows on lines of its own, its side data, ends so. */
const END = /^ {12}\] \},?\r?$/;
const HIDDEN = /"flags": "[^"]*D/;

function numberIn(line: string, pattern: RegExp): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}

/**
 * Reads ffprobe's JSON while it comes. Packets, one a line (`json=compact=1`), are added up; everything else is the
 * description.
 */
export class PacketScan {
  readonly #packets = new Map<number, PacketTally>();
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
    const tally = this.#packets.get(Number(stream)) ?? new PacketTally();
    this.#packets.set(Number(stream), tally);
    tally.add({
      time: time === undefined ? null : Number(time),
      duration: numberIn(line, DURATION),
      bytes: numberIn(line, SIZE),
      isHidden: HIDDEN.test(line),
    });
    return true;
  }
}
