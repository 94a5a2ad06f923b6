import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import {
  carriedBy,
  damageOfUnreadable,
  DescriptionTooLongError,
  ffprobeArguments,
  firstPacketArguments,
  formlessTracks,
  fullerOf,
  headArguments,
  headIsNeeded,
  headOfShortFile,
  mayBeginLate,
  PacketScan,
  parseHead,
  parseProbeResult,
  primaryVideo,
  Prober,
  shortFileArguments,
  sourceFormat,
  withHead,
  withMxfStructure,
  withQuicktimeStructure,
  type MediaInfo,
  type ProbeResult,
  type RangeReader,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { stat, withNames, hasCrashed, type ProcessOutcome, runProcess } from '@app/storage';
import { readRanges } from './source-wholeness.ts';
import { requireTool } from './ffmpeg-tools.ts';

/** So large a file has a second or two of small pictures: to decode more of it than is wanted costs less than another program. */
const SHORT_BYTES = 1024 * 1024;

const STRUCTURES: Record<string, typeof withQuicktimeStructure> = {
  mov: withQuicktimeStructure,
  mxf: withMxfStructure,
};

/** Looks into media files with the installed ffprobe. */
@Injectable()
export class FfprobeService extends Prober {
  constructor(private readonly settings: RunnerSettings) {
    super();
  }

  override async probe(path: string, signal?: AbortSignal): Promise<ProbeResult> {
    const args = (await isShort(path)) ? shortFileArguments(path) : ffprobeArguments(path);
    const json = await this.#ask(path, args, signal);
    const probed = await this.#orForeign(path, json, signal);
    if ('error' in probed) return probed;
    const media = await this.#withHead(path, probed.media, json, signal);
    return { media: await this.#withStructure(path, media, signal) };
  }

  override async describe(path: string, signal?: AbortSignal): Promise<ProbeResult> {
    const json = await this.#ask(path, ffprobeArguments(path), signal);
    return this.#orForeign(path, json, signal);
  }

  async #orForeign(path: string, json: unknown, signal?: AbortSignal): Promise<ProbeResult> {
    const probed = parseProbeResult(json);
    if ('media' in probed)
      return { media: await this.#withLateStreams(path, probed.media, signal) };
    const foreign = await this.#ask(path, ffprobeArguments(path, { foreign: true }), signal);
    const known = parseProbeResult(foreign);
    if ('media' in known) return { ...probed, foreign: known.media };
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    return { ...probed, damage: await readRanges(path, bounds, damageAt).catch(() => null) };
  }

  /** Looks farther for streams that begin late, and tells of a track without a form whether there is anything of it. */
  async #withLateStreams(path: string, first: MediaInfo, signal?: AbortSignal): Promise<MediaInfo> {
    if (!mayBeginLate(first)) return first;
    const deeper = parseProbeResult(
      await this.#ask(path, ffprobeArguments(path, { deeper: true }), signal),
    );
    const media = 'media' in deeper ? fullerOf(first, deeper.media) : first;
    const formless = new Map<number, boolean>();
    for (const { index } of formlessTracks(media)) {
      const scan = new PacketScan();
      await this.#ask(path, firstPacketArguments(path, index), signal, scan);
      formless.set(index, scan.packets().has(index));
    }
    const streams = media.streams.map((stream) => {
      const hasPackets = formless.get(stream.index);
      return hasPackets === undefined ? stream : { ...stream, hasPackets };
    });
    return { ...media, streams };
  }

  /** Reads a file to its end, too, and tells what its packets tell. */
  async scan(path: string, signal?: AbortSignal, deeper = false): Promise<ProbeResult> {
    const scan = new PacketScan();
    const args = ffprobeArguments(path, { packets: true, deeper });
    const json = await this.#ask(path, args, signal, scan);
    return parseProbeResult(json, scan.packets());
  }

  /** @param json what ffprobe has said of it, maybe with its pictures. */
  async #withHead(path: string, media: MediaInfo, json: unknown, signal?: AbortSignal) {
    const video = primaryVideo(media);
    if (!video || !headIsNeeded(media, video)) return media;
    const ofShortFile = headOfShortFile(json, video);
    const start = ofShortFile ?? (await this.#ask(path, headArguments(path, media, video), signal));
    const head = parseHead(start, media);
    const streams = media.streams.map((stream) =>
      stream === video ? { ...withHead(video, head), carries: carriedBy(start) } : stream,
    );
    return { ...media, streams };
  }

  /** What ffprobe leaves out of how a file is built. */
  async #withStructure(path: string, media: MediaInfo, signal?: AbortSignal) {
    const video = primaryVideo(media);
    const withStructure = STRUCTURES[sourceFormat(media.formatName) ?? ''];
    if (!video || !withStructure) return media;
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    return readRanges(path, bounds, (read, size) => withStructure(media, video, read, size));
  }

  /** What ffprobe answers as JSON; `null` when that is none. */
  async #ask(
    path: string,
    args: readonly string[],
    signal?: AbortSignal,
    scan = new PacketScan(),
  ): Promise<unknown> {
    await requireTool('ffprobe');
    const outcome = await runProcess(['ffprobe', ...args], {
      signal,
      stallSeconds: this.settings.stallTimeoutSeconds,
      onStdout: (chunk) => scan.take(chunk),
    }).catch((error: unknown) => {
      if (error instanceof DescriptionTooLongError) return error;
      throw error;
    });
    signal?.throwIfAborted();
    // As ffprobe says why it can't read a file.
    if (outcome instanceof Error) return { error: { string: outcome.message } };
    if (outcome.stalled) throw stalled(path, this.settings.stallTimeoutSeconds);
    if (isCalledOff(outcome)) throw calledOff(path, outcome);
    return parseJson(scan.description());
  }
}

/** Whatever is wrong with a file is for ffprobe to say. */
async function isShort(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size <= SHORT_BYTES,
    () => false,
  );
}

/** A crash says something of the file, and comes each time. Who ends a program, as a system without memory does, says nothing. */
function isCalledOff(outcome: ProcessOutcome): boolean {
  return outcome.endedBy !== null && !hasCrashed(outcome);
}

function calledOff(path: string, { endedBy }: ProcessOutcome): JobFailure {
  return new JobFailure('probe_ended', { path: withNames(path), signal: String(endedBy) });
}

function stalled(path: string, seconds: number): JobFailure {
  return new JobFailure('probe_stalled', { path: withNames(path), seconds });
}

/** A process that was ended leaves half a document, which describes nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const damageAt = (read: RangeReader, size: number) => damageOfUnreadable(size, read);
