import { audioForm } from '../content/audio/audio-checks.ts';
import { AudioTrace } from '../content/audio/audio-trace.ts';
import type { Thumbnail } from '../content/frames/thumbnail.ts';
import { LookProof, lookSample } from '../content/look/look-proof.ts';
import { ffmpegArguments, proxyCommand, type ClipPaths } from '../ffmpeg/arguments.ts';
import { countsOf, EncoderProgress, following } from '../ffmpeg/encoder-progress.ts';
import { stepsOf } from '../ffmpeg/look-filters.ts';
import { readersOf, type ProgramCall } from '../ffmpeg/program-call.ts';
import type { QuantiserTrial } from '../ffmpeg/prores/trial.ts';
import { withQuantiser } from '../proxy/codecs/prores.ts';
import { StreamChanges } from '../ffmpeg/stream-changes.ts';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan, ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { decodedCodes } from '../proxy/video/matrices.ts';
import { otherNameWarnings } from '../routing/route-source.ts';
import type { RunCounts } from '../verify/check.ts';
import { lostWarnings, orderWarnings, paceWarnings, surplusWarnings } from '../verify/holes.ts';
import { plannedFacts } from '../verify/verify-output.ts';
import type { ClipOutcome, ClipTask } from './engine.ts';
import type { Capture } from './media-programs.ts';

/** Plan of one encode. */
export interface ClipPlan {
  request: ProxyRequest;
  /** Source as known so far. */
  source: MediaInfo;
  plan: ProxyPlan;
  /** Chosen by a trial if absent. */
  quantiser?: QuantiserTrial;
}

/** One encode of a clip, with its outcome. */
export interface ClipRun extends Required<ClipPlan> {
  outcome: Omit<ClipOutcome, 'attempts'>;
  /** PTS of each frame in seconds after the proxy's zero; `null` if FFmpeg reported none. */
  frameTimes: readonly number[] | null;
  /** Bytes of each frame of the proxy; empty if it wasn't read. */
  frameSizes: readonly number[];
  changes: StreamChanges;
}

/** A proxy that is being made. */
export interface MadeProxy {
  task: ClipTask;
  pass: EncodePass;
  capture: Capture;
}

/** Ending of a pass, for the result. */
export type EncodeEnding = Pick<ClipOutcome, 'exit_code' | 'failure' | 'stderr' | 'warnings'> & {
  /** True if FFmpeg found no space for the capture. */
  lacksSpace: boolean;
};

/** Findings about a finished proxy. */
export interface InspectedProxy extends Pick<ClipOutcome, 'verification' | 'failure' | 'facts'> {
  thumbnails: readonly Thumbnail[];
  /** Bytes of each frame; empty unless the proxy is good. */
  frameSizes: readonly number[];
  /** Warnings about the source's audio; empty unless the proxy is good. */
  soundWarnings: readonly string[];
}

/** Run of FFmpeg that encodes a proxy and captures its source: downscaled frames in a file, audio on pipes. */
export class EncodePass {
  readonly source: MediaInfo;
  /** Plan with the chosen quantiser. */
  readonly plan: ProxyPlan;
  readonly progress = new EncoderProgress();
  readonly changes = new StreamChanges();
  /** Traces of the tracks, in the order of their pipes. */
  readonly audio: readonly AudioTrace[];
  /** `null` without a look. */
  readonly look: LookProof | null;

  constructor(private readonly clip: Required<ClipPlan>) {
    const { source, plan, quantiser } = clip;
    const chosen = quantiser.choice?.quantiser;
    this.source = source;
    this.plan = chosen ? withQuantiser(plan, chosen) : plan;
    this.audio = traces(plan);
    const { look, size } = plan.video;
    this.look = look && new LookProof(stepsOf(look), decodedCodes(look), lookSample(size));
  }

  call(paths: Required<ClipPaths>): ProgramCall {
    const { plan, progress, changes, audio, look } = this;
    return {
      argv: ['ffmpeg', ...ffmpegArguments(plan, paths)],
      writes: paths.output,
      ...following(progress),
      onStderr: (chunk) => changes.take(chunk),
      pipes: readersOf([...audio, ...(look === null ? [] : [look])]),
    };
  }

  /** Frame counts and times that the run reported. */
  get counts(): Omit<RunCounts, 'source'> {
    return { ...countsOf(this.progress, this.plan), goesBack: this.changes.goesBack };
  }

  /**
   * Outcome of the pass.
   *
   * @param capture the capture's path as shown to users.
   * @param seen findings about the proxy, if there is one.
   */
  outcome(
    { sourcePath: input, namedSource, stagingPath, outputPath }: ClipTask,
    capture: string,
    ending: EncodeEnding,
    seen: InspectedProxy,
  ): ClipRun {
    const { clip, source, plan, changes } = this;
    const { choice } = clip.quantiser;
    const paths = { input, output: stagingPath, capture };
    const counts = { ...this.counts, source: null };
    const warnings = [
      otherNameWarnings(namedSource, source.formatName),
      plan.warnings,
      ending.warnings,
      ending.failure === null ? paceWarnings(plan, counts) : [],
      ending.failure === null ? cutWarnings(this.look?.cutShare ?? 0) : [],
      ending.failure === null && plan.packetsRead !== null ? [ENDS_INSIDE] : [],
      seen.failure === null ? lostWarnings(seen.verification) : [],
      seen.failure === null ? orderWarnings(plan, counts) : [],
      seen.failure === null ? surplusWarnings(plan, counts) : [],
      seen.soundWarnings,
    ].flat();
    const outcome = {
      exit_code: ending.exit_code,
      ffmpeg_command: proxyCommand(plan, { input, output: outputPath }),
      executed_command: [...this.call(paths).argv],
      ...(choice && { prores_quantiser: choice }),
      stderr: ending.stderr,
      warnings,
      verification: seen.verification,
      failure: seen.failure,
      facts: seen.facts ?? plannedFacts(plan),
      thumbnails: seen.thumbnails,
    };
    const { frameTimes } = counts;
    return { ...clip, outcome, frameTimes, frameSizes: seen.frameSizes, changes };
  }
}

/** Traces of the tracks, in the order of their pipes. */
export function traces({ audio }: ProxyPlan): AudioTrace[] {
  return audio.map((track) => new AudioTrace(audioForm(track)));
}

const ENDS_INSIDE =
  'The source ends inside a frame or a block of audio, as recordings off air do: its last frame and the end of each track are left out.';

/** Least share of the compared pixels that is worth a warning. */
const LEAST_SHARE = 0.0005;

/** Warning about a look that clips highlights. @param share of the pixels that were compared. */
function cutWarnings(share: number): string[] {
  if (share < LEAST_SHARE) return [];
  return [
    `The look clips highlights above its white point: about ${(100 * share).toFixed(1)} % of the pixels that were compared.`,
  ];
}
