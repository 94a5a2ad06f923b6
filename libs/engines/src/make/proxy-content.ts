import type { ContentCheck, JobFailure, ProxyFacts, VerificationCheck } from '@app/jobspec';
import { audioChecks } from '../content/audio/audio-checks.ts';
import { LoudnessReader } from '../content/audio/loudness.ts';
import { frameChecks, worstFrames } from '../content/frames/frame-checks.ts';
import { FrameComparison } from '../content/frames/frame-comparison.ts';
import { isTiny, sampleForm } from '../content/frames/sample-form.ts';
import {
  JpegCollector,
  thumbnailFrames,
  thumbnailOf,
  type Thumbnail,
} from '../content/frames/thumbnail.ts';
import { EncoderProgress, following } from '../ffmpeg/encoder-progress.ts';
import { firstCause } from '../ffmpeg/ffmpeg-log.ts';
import {
  interruption,
  readersOf,
  type ProgramEnding,
  type RunProgram,
} from '../ffmpeg/program-call.ts';
import { comparedArguments, comparedSize, readArguments } from '../ffmpeg/read-arguments.ts';
import { audioStartArguments, proxyDelay, soundPaceWarnings } from '../ffmpeg/sound-pace.ts';
import { PacketList, primaryVideo, withPackets, type MediaInfo } from '../media/index.ts';
import { verificationFailure } from '../verify/verify-output.ts';
import { traces, type EncodePass } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';

export type ReadContent = Awaited<ReturnType<typeof readContent>>;

/**
 * Reads a finished proxy once, and meanwhile the start of its source's audio tracks.
 *
 * @param capture absolute path of the source frames that the encoding pass wrote.
 * @throws what `run` throws, once both programs have ended.
 */
export async function readContent(
  pass: EncodePass,
  task: ClipTask,
  capture: string,
  run: RunProgram,
) {
  const read = readProxy(pass, task, capture, run);
  const audioStart = decodeAudioStart(pass, task, run);
  // Waits for both, so that no file is removed while a program still uses it.
  await Promise.allSettled([read, audioStart]);
  return { ...(await read), audioStart: await audioStart };
}

/** Decodes the video and audio of a proxy, with the captured frames of its source. */
async function readProxy(
  { plan, progress }: EncodePass,
  { stagedFile, wantsThumbnails }: ClipTask,
  capture: string,
  runProgram: RunProgram,
) {
  const sourceFrames = progress.frames;
  const comparison = new FrameComparison(plan);
  const audio = traces(plan);
  const shown = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const loudness = plan.audio.map(() => new LoudnessReader());
  const list = new PacketList();
  const jpegs = new JpegCollector();
  const run = await runProgram({
    argv: ['ffmpeg', ...readArguments(plan, stagedFile, capture, shown)],
    onStdout: (chunk) => comparison.take(chunk),
    pipes: readersOf([...audio, ...loudness, list, jpegs]),
  });
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, shown[n] ?? 0, jpeg));
  return { run, frames: comparison.finish(), sourceFrames, audio, loudness, list, thumbnails };
}

/**
 * Stills of the frames at which checks failed, beside those of the source, as they were compared; as many as could be made.
 *
 * @param capture absolute path of the source frames that the encoding pass wrote.
 * @throws what `run` throws.
 */
export async function failedPictures(
  { plan }: EncodePass,
  { stagedFile, wantsThumbnails }: ClipTask,
  capture: string,
  checks: readonly VerificationCheck[],
  run: RunProgram,
): Promise<Thumbnail[]> {
  const frames = wantsThumbnails ? worstFrames(checks) : [];
  if (frames.length === 0) return [];
  const jpegs = new JpegCollector();
  const args = comparedArguments(plan, stagedFile, capture, frames);
  await run({ argv: ['ffmpeg', ...args], onStdout: (chunk) => jpegs.take(chunk) });
  const size = comparedSize(plan.video);
  return jpegs
    .get()
    .map((jpeg, n) =>
      Object.assign(thumbnailOf(plan, frames[n] ?? 0, jpeg), { size, besideSource: true as const }),
    );
}

/**
 * First seconds of each source track's samples from the proxy's zero on, how FFmpeg ended, and warnings about them. Nothing is
 * run if an index shows that every track begins with the video and has no gaps: the encoding pass has these samples already.
 */
async function decodeAudioStart(
  { plan, source }: EncodePass,
  { sourceFile }: ClipTask,
  runProgram: RunProgram,
): Promise<{ run: ProgramEnding | null; starts: Float32Array[]; warnings: string[] }> {
  if (plan.audio.every(({ contiguous, offset }) => contiguous && offset === 0))
    return { run: null, starts: [], warnings: [] };
  const tracks = traces(plan);
  const run = await runProgram({
    argv: ['ffmpeg', ...audioStartArguments(plan, source, sourceFile)],
    ...following(new EncoderProgress()),
    pipes: readersOf(tracks),
  });
  const warnings = soundPaceWarnings(plan.audio, run.stderr);
  return { run, starts: tracks.map((trace) => trace.finish().start), warnings };
}

export interface ContentVerdict {
  /** Reason why the proxy couldn't be compared; `null` if it was. */
  failure: JobFailure | null;
  /** Difference from the source; `null` if there is none. */
  difference: JobFailure | null;
  checks: VerificationCheck<ContentCheck>[];
  /** Proxy with facts from its packets; `null` if it couldn't be read to its end. */
  proxy: MediaInfo | null;
  /** Bytes of each frame. */
  frameSizes: readonly number[];
  thumbnails: Thumbnail[];
  /** Measurements of a proxy that was read to its end. */
  measured: Pick<ProxyFacts, 'loudness' | 'compared_size'>;
  /** Warnings about the source's audio. */
  soundWarnings: readonly string[];
}

/**
 * Compares each frame and each audio track of a proxy with its source.
 *
 * @param header proxy as probed.
 * @param stallSeconds seconds that a program might go without progress.
 */
export async function contentVerdict(
  pass: EncodePass,
  header: MediaInfo,
  read: ReadContent,
  stallSeconds: number,
): Promise<ContentVerdict> {
  const { audioStart, run, list } = read;
  const cuts = [
    interruption(audioStart.run, 'source', stallSeconds),
    interruption(run, 'proxy', stallSeconds),
  ].filter((cut) => cut !== null);
  const isRead = run.exitCode === 0 && !run.stalled;
  const proxy = isRead ? withPackets(header, list.factsFor(header)) : null;
  // A stall is reported first, so that nothing more is asked of storage that hangs.
  const failure = cuts.find(({ type }) => type === 'EngineStalledError') ?? cuts[0] ?? null;
  const checks = failure === null ? await contentChecks(pass, header, read) : [];
  return {
    failure,
    difference: verificationFailure(checks),
    checks,
    proxy,
    frameSizes: (proxy && primaryVideo(proxy)?.packets?.sizes) ?? [],
    thumbnails: proxy === null ? [] : read.thumbnails,
    measured: proxy === null ? {} : measuredOf(pass, read),
    soundWarnings: audioStart.warnings,
  };
}

function measuredOf({ plan: { video } }: EncodePass, { loudness }: ReadContent) {
  const measured = loudness.flatMap((track) => track.get() ?? []);
  const size = isTiny(video.size) ? null : sampleForm(video).size;
  return {
    ...(measured.length > 0 && measured.length === loudness.length && { loudness: measured }),
    ...(size !== null && { compared_size: `${size.width}x${size.height}` }),
  };
}

async function contentChecks(
  { source, plan, audio, look }: EncodePass,
  proxy: MediaInfo,
  { audioStart, run, frames, sourceFrames, audio: made }: ReadContent,
): Promise<VerificationCheck<ContentCheck>[]> {
  if (run.exitCode !== 0) {
    const actual = firstCause(run.stderr) ?? `FFmpeg ended with ${run.exitCode}`;
    return [{ check: 'decodes', expected: 'without an error', actual, passed: false }];
  }
  const tracks = plan.audio.map((track, position) => {
    const source = at(audio, position).finish();
    return {
      source,
      proxy: at(made, position).finish(),
      start: audioStart.starts[position] ?? source.start,
      proxyDelay: proxyDelay(track, proxy, position),
    };
  });
  const compared = frameChecks(plan, frames, sourceFrames);
  return [look?.check() ?? [], ...compared, ...(await audioChecks(plan, source, tracks))].flat();
}

function at<T>(all: readonly T[], position: number): T {
  return all[position] as T;
}
