import { jsonIn, type CheckName, type VerificationCheck } from '@app/jobspec';
import {
  sideDataTypes,
  DescriptionTooLongError,
  ffprobeArguments,
  firstPacketArguments,
  unknownTracks,
  richerProbe,
  headArguments,
  needsHead,
  headOfPackets,
  headOfShortFile,
  mayBeginLate,
  packetsMayGivePts,
  PacketScan,
  parseHead,
  parseProbeResult,
  primaryVideo,
  shortFileArguments,
  sourceFormat,
  withHead,
  type MediaInfo,
  type ProbeResult,
} from '../media/index.ts';
import { withMxfStructure } from './mxf.ts';
import { withQuicktimeStructure } from './quicktime-structure.ts';
import type { RangeReader } from './range-reader.ts';
import { damageOfUnreadable, sourceDamage } from './source-damage.ts';

/** File size up to which the first ffprobe also decodes frames: a second or two of small frames costs less than another process. */
const SHORT_BYTES = 1024 * 1024;

const STRUCTURES: Record<string, typeof withQuicktimeStructure> = {
  mov: withQuicktimeStructure,
  mxf: withMxfStructure,
};

const WHOLE = 'whole';

/** Ways to read one file. */
interface FileReading {
  /** Path for ffprobe. */
  path: string;
  /** Size in bytes; `null` if it isn't a file, or the system can't tell. */
  size(): Promise<number | null>;
  /** Runs ffprobe to its end, whether it can read the file or not. Rejects with what `onOutput` throws. */
  ffprobe(args: readonly string[], onOutput: (chunk: Uint8Array) => void): Promise<void>;
  /** Reads parts of the file. */
  readRanges<T>(look: (read: RangeReader, size: number) => Promise<T>): Promise<T>;
}

/** Media file, read by ffprobe and by small reads for what ffprobe leaves out. Its methods reject as those reads do. */
export class MediaFile {
  constructor(private readonly reading: FileReading) {}

  /** Size in bytes; `null` if it isn't a file, or the system can't tell. */
  size(): Promise<number | null> {
    return this.reading.size();
  }

  /**
   * Reads the headers of a regular file that isn't empty, and decodes its first frames if the header doesn't settle their times.
   */
  async probe(): Promise<ProbeResult> {
    const { path } = this.reading;
    // What is wrong with a file of unknown size, ffprobe reports.
    const isShort = ((await this.size()) ?? Infinity) <= SHORT_BYTES;
    const json = await this.#ask(isShort ? shortFileArguments(path) : ffprobeArguments(path));
    const probed = await this.#orDamage(json);
    if ('error' in probed) return probed;
    return { media: await this.#withStructure(await this.#withHead(probed.media, json)) };
  }

  /** Reads the header alone, without decoding: engine and refusals depend on nothing else. */
  async describe(): Promise<ProbeResult> {
    return this.#orDamage(await this.#ask(ffprobeArguments(this.reading.path)));
  }

  /**
   * Also reads the file to its end, for facts about its packets.
   *
   * @param deeper true if some streams are found only by reading farther, see `isProbedDeeper`.
   */
  async scan(deeper = false): Promise<ProbeResult> {
    const scan = new PacketScan();
    const args = ffprobeArguments(this.reading.path, { packets: true, deeper });
    return parseProbeResult(await this.#ask(args, scan), scan.packets());
  }

  /**
   * Checks with a few small reads that the file wasn't cut off. It also finds cut transport streams, which declare no length to
   * compare with.
   *
   * @param formatName ffprobe's name of the format.
   */
  async checkCompleteness(formatName: string): Promise<VerificationCheck<CheckName>> {
    const damage = await this.reading.readRanges((read, size) =>
      sourceDamage(formatName, size, read),
    );
    return { check: 'source', expected: WHOLE, actual: damage ?? WHOLE, passed: damage === null };
  }

  async #orDamage(json: unknown): Promise<ProbeResult> {
    const probed = parseProbeResult(json);
    if ('media' in probed) return { media: await this.#withLateStreams(probed.media) };
    const damage = this.reading.readRanges((read, size) => damageOfUnreadable(size, read));
    return { ...probed, damage: await damage.catch(() => null) };
  }

  /** Probes farther for streams that begin late, and checks whether a track without a format has packets. */
  async #withLateStreams(first: MediaInfo): Promise<MediaInfo> {
    if (!mayBeginLate(first)) return first;
    const { path } = this.reading;
    const deeper = parseProbeResult(await this.#ask(ffprobeArguments(path, { deeper: true })));
    const media = 'media' in deeper ? richerProbe(first, deeper.media) : first;
    const formless = new Map<number, boolean>();
    for (const { index } of unknownTracks(media)) {
      const scan = new PacketScan();
      await this.#ask(firstPacketArguments(path, index), scan);
      formless.set(index, scan.packets().has(index));
    }
    const streams = media.streams.map((stream) => {
      const hasPackets = formless.get(stream.index);
      return hasPackets === undefined ? stream : { ...stream, hasPackets };
    });
    return { ...media, streams };
  }

  /** @param json ffprobe's description of the file, with frames if it is short. */
  async #withHead(media: MediaInfo, json: unknown): Promise<MediaInfo> {
    const video = primaryVideo(media);
    if (!video || !needsHead(media, video)) return media;
    const ask = (decoded: 'all' | 'keys') =>
      this.#ask(headArguments(this.reading.path, media, video, decoded));
    const start =
      headOfShortFile(json, video) ??
      (packetsMayGivePts(media, video) ? headOfPackets(await ask('keys'), media, video) : null) ??
      (await ask('all'));
    const head = parseHead(start, media);
    const streams = media.streams.map((stream) =>
      stream === video ? { ...withHead(video, head), carries: sideDataTypes(start) } : stream,
    );
    return { ...media, streams };
  }

  /** Adds facts about the file's structure that ffprobe leaves out. */
  async #withStructure(media: MediaInfo): Promise<MediaInfo> {
    const video = primaryVideo(media);
    const withStructure = STRUCTURES[sourceFormat(media.formatName) ?? ''];
    if (!video || !withStructure) return media;
    return this.reading.readRanges((read, size) => withStructure(media, video, read, size));
  }

  /** Parsed JSON of ffprobe; `null` if it is incomplete, as when ffprobe was killed. */
  async #ask(args: readonly string[], scan = new PacketScan()): Promise<unknown> {
    try {
      await this.reading.ffprobe(args, (chunk) => scan.take(chunk));
    } catch (error) {
      if (!(error instanceof DescriptionTooLongError)) throw error;
      // In the form of ffprobe's own errors.
      return { error: { string: error.message } };
    }
    return jsonIn(scan.description());
  }
}
