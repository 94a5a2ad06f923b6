import {
  JpegCollector,
  PacketList,
  FrameComparison,
  thumbnailFrames,
  thumbnailOf,
  audioStartArguments,
  readArguments,
  soundPaceWarnings,
  audioChecks,
  frameChecks,
  proxyDelay,
  proxyReason,
  type MediaInfo,
  type PacketFacts,
  primaryVideo,
  verificationFailure,
  withPackets,
  type ClipTask,
  type Thumbnail,
} from '@app/engines';
import { runProcess, type ProcessOutcome } from '@app/storage';
import { type Bounds, type MadeProxy, EncoderProgress, following, type Encoded } from './encode.ts';
import { pipesTo, traces } from './reference-capture.ts';
import type { ContentCheck, JobFailure, VerificationCheck } from '@app/jobspec';
import { interruption } from './run-ending.ts';
import { Injectable } from '@nestjs/common';
import { orFailure, OutputVerifier, type Verification } from './output-verifier.ts';

export type ReadContent = Awaited<ReturnType<typeof readContent>>;

/**
 * Reads a finished proxy once, and meanwhile how the tracks of its source begin.
 *
 * @param sourceFrames how many frames the pass that encodes has told.
 */
export async function readContent(made: MadeProxy, sourceFrames: number, bounds: Bounds) {
  const read = readProxy(made, sourceFrames, bounds);
  const heard = hearStart(made, bounds);
  // Nothing is removed under a program that still runs.
  await Promise.allSettled([read, heard]);
  return { ...(await read), heard: await heard };
}

/** Everything that a proxy shows and sounds like, beside what its source told. */
async function readProxy(
  { task, plan, capture: { path } }: MadeProxy,
  sourceFrames: number,
  bounds: Bounds,
) {
  const { stagedFile, wantsThumbnails } = task;
  const pictures = new FrameComparison(plan);
  const audio = traces(plan);
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, path, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [...pipesTo(audio), (chunk) => list.take(chunk), (chunk) => jpegs.take(chunk)],
  });
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, frames[n] ?? 0, jpeg));
  return {
    run,
    pictures: pictures.finish(),
    sourcePictures: sourceFrames,
    audio,
    list,
    thumbnails,
  };
}

/** How the tracks of a source begin, each by the first seconds of its samples from the proxy's zero on, how FFmpeg ended, and what is said of them. */
async function hearStart(
  { task, plan, source }: MadeProxy,
  bounds: Bounds,
): Promise<{ run: ProcessOutcome | null; starts: Float32Array[]; warnings: string[] }> {
  if (plan.audio.length === 0) return { run: null, starts: [], warnings: [] };
  const heard = traces(plan);
  const run = await runProcess(['ffmpeg', ...audioStartArguments(plan, source, task.sourceFile)], {
    ...bounds,
    ...following(new EncoderProgress()),
    pipes: pipesTo(heard),
  });
  const warnings = soundPaceWarnings(plan.audio, run.stderr);
  return { run, starts: heard.map((trace) => trace.finish().start), warnings };
}

export interface ContentVerdict {
  /** Why the proxy could not be compared; `null` when it was. */
  failure: JobFailure | null;
  checks: VerificationCheck<ContentCheck>[];
  /** By stream index of the proxy; `null` where it could not be read to its end. */
  packets: ReadonlyMap<number, PacketFacts | null> | null;
}

/**
 * Compares each picture and each track of a proxy with what its source gave.
 *
 * @param proxy what it says of itself.
 * @param stallSeconds that a program might go without progress.
 */
export async function contentVerdict(
  { source, plan, capture }: MadeProxy,
  proxy: MediaInfo,
  read: ReadContent,
  stallSeconds: number,
): Promise<ContentVerdict> {
  const { heard, run, list, pictures, sourcePictures } = read;
  const cuts = [
    interruption(heard.run, 'source', stallSeconds),
    interruption(run, 'proxy', stallSeconds),
  ].filter((cut) => cut !== null);
  const { exitCode, stderr } = run;
  const packets = exitCode === 0 && !run.stalled ? list.of(proxy) : null;
  // Nothing more is asked of storage that hangs, whatever else was ended.
  const cut = cuts.find(({ type }) => type === 'EngineStalledError') ?? cuts[0];
  if (cut !== undefined) return { failure: cut, checks: [], packets };
  if (exitCode !== 0) {
    const checks = [unreadable(proxyReason(stderr), exitCode)];
    return { failure: null, checks, packets };
  }
  const tracks = plan.audio.map((track, position) => ({
    source: at(capture.audio, position).finish(),
    proxy: at(read.audio, position).finish(),
    start: at(heard.starts, position),
    proxyDelay: proxyDelay(track, proxy, position),
  }));
  const look = capture.look?.check() ?? [];
  const frames = frameChecks(plan, pictures, sourcePictures);
  const checks = [look, ...frames, ...(await audioChecks(plan, source, tracks))].flat();
  return { failure: null, checks, packets };
}

function at<T>(all: readonly T[], position: number): T {
  return all[position] as T;
}

function unreadable(
  reason: string | null,
  exitCode: number | null,
): VerificationCheck<ContentCheck> {
  const actual = reason ?? `FFmpeg ended with ${exitCode}`;
  return { check: 'decodes', expected: 'without an error', actual, passed: false };
}

/** What a look into a finished proxy tells. */
export interface InspectedProxy extends Verification {
  thumbnails: Thumbnail[];
  /** Bytes of each frame; none where the proxy isn't good. */
  frameSizes: readonly number[];
  /** What is said of the sound of the source; nothing where the proxy isn't good. */
  soundWarnings: readonly string[];
}

/** Looks into a finished proxy: at its header, and meanwhile once at all that is in it. */
@Injectable()
export class ProxyInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  /**
   * @param readAll reads all that is in it.
   * @throws the reason of the signal.
   */
  async inspect(
    made: MadeProxy,
    { counts, progress }: Pick<Encoded, 'counts' | 'progress'>,
    bounds: Bounds,
    readAll = readContent,
  ): Promise<InspectedProxy> {
    const { task } = made;
    const { signal, stallSeconds } = bounds;
    const described = this.verifier.describe(task, signal);
    const content = readAll(made, progress.frames, bounds);
    // Nothing is removed under a program that still runs.
    await Promise.allSettled([described, content]);
    signal.throwIfAborted();
    const header = await orFailure(described, signal);
    if ('failure' in header) return notInspected([], header.failure);
    const read = await content;
    const verdict = await contentVerdict(made, header.proxy, read, stallSeconds);
    // Storage that hangs isn't asked again.
    if (verdict.failure?.type === 'EngineStalledError') return notInspected([], verdict.failure);
    const whole = await orFailure(this.#withPackets(task, header.proxy, verdict, signal), signal);
    if ('failure' in whole) return notInspected([], verdict.failure ?? whole.failure);
    const files = { source: made.source, ...whole };
    const counted = verdict.checks.filter(({ check }) => check === 'pictures_compared');
    const declared = await orFailure(
      this.verifier.verify(task, files, made.plan, counts, signal, counted),
      signal,
    );
    const thumbnails = verdict.packets === null ? [] : read.thumbnails;
    // What is wrong with the whole explains whatever its parts differ in.
    const cut = declared.failure ?? verdict.failure;
    const facts = declared.facts ?? null;
    if (cut !== null) return { ...notInspected(declared.verification, cut, thumbnails), facts };
    const verification = [...declared.verification, ...verdict.checks];
    const failure = verificationFailure(verdict.checks);
    if (failure !== null) return notInspected(verification, failure, thumbnails);
    const frameSizes = primaryVideo(whole.proxy)?.packets?.sizes ?? [];
    return {
      ...notInspected(verification, null, thumbnails),
      facts,
      frameSizes,
      soundWarnings: read.heard.warnings,
    };
  }

  /** What could not be decoded to its end may still tell all its packets. */
  async #withPackets(
    task: ClipTask,
    proxy: MediaInfo,
    { packets }: ContentVerdict,
    signal: AbortSignal,
  ) {
    if (packets === null) return this.verifier.describe(task, signal, { packets: true });
    return { proxy: withPackets(proxy, packets) };
  }
}

/** A proxy that isn't good, and what is known of it. */
export function notInspected(
  verification: Verification['verification'],
  failure: Verification['failure'],
  thumbnails: Thumbnail[] = [],
): InspectedProxy {
  return { verification, failure, thumbnails, frameSizes: [], soundWarnings: [] };
}
