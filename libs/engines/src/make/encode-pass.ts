import { audioForm } from '../content/audio/audio-checks.ts';
import { AudioTrace } from '../content/audio/audio-trace.ts';
import type { Thumbnail } from '../content/frames/thumbnail.ts';
import { LookProof, lookSample } from '../content/look/look-proof.ts';
import { ffmpegArguments, proxyCommand, type ClipPaths } from '../ffmpeg/arguments.ts';
import { captureBytes } from '../ffmpeg/capture-arguments.ts';
import { countsOf, EncoderProgress, following } from '../ffmpeg/encoder-progress.ts';
import { stepsOf } from '../ffmpeg/look-filters.ts';
import { readersOf, type ProgramCall } from '../ffmpeg/program-call.ts';
import { withQuantiser } from '../ffmpeg/prores/trial.ts';
import { StreamChanges } from '../ffmpeg/stream-changes.ts';
import type { MediaInfo } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { decodedCodes } from '../proxy/video/matrices.ts';
import { otherNameWarnings } from '../routing/route-source.ts';
import type { RunCounts } from '../verify/check.ts';
import { lostWarnings, orderWarnings, paceWarnings, surplusWarnings } from '../verify/holes.ts';
import { plannedFacts } from '../verify/verify-output.ts';
import type { ClipOutcome, ClipTask } from './engine.ts';
import type { ClipPlan, ClipRun } from './make-proxy.ts';

/** How a pass ended, for the result. */
export type EncodeEnding = Pick<ClipOutcome, 'exit_code' | 'failure' | 'stderr' | 'warnings'> & {
  /** Whether FFmpeg found no space for the file with pictures. */
  lacksSpace: boolean;
};

/** What a look into a finished proxy tells. */
export interface InspectedProxy extends Pick<ClipOutcome, 'verification' | 'failure' | 'facts'> {
  thumbnails: readonly Thumbnail[];
  /** Bytes of each frame; none where the proxy isn't good. */
  frameSizes: readonly number[];
  /** What is said of the sound of the source; nothing where the proxy isn't good. */
  soundWarnings: readonly string[];
}

/** The run of FFmpeg that encodes a proxy, and what it tells of its source: pictures in a file, and how its sound goes. */
export class EncodePass {
  readonly source: MediaInfo;
  /** With the quantiser that was chosen. */
  readonly plan: ProxyPlan;
  readonly progress = new EncoderProgress();
  readonly changes = new StreamChanges();
  /** One for each track, in the order of their pipes. */
  readonly audio: readonly AudioTrace[];
  /** `null` where colours stay as they are. */
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

  /** Bytes that must be free for the file with pictures; 0 where nothing says how long the source is. */
  get captureBytes(): number {
    return captureBytes(this.plan);
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

  /** What it has told of its pictures. */
  get counts(): Omit<RunCounts, 'source'> {
    return { ...countsOf(this.progress, this.plan), goesBack: this.changes.goesBack };
  }

  /**
   * What became of it.
   *
   * @param capture where the file with pictures lay, for people, and what others could do to it, as a sentence.
   * @param seen of the proxy, where there is one.
   */
  outcome(
    { sourcePath: input, namedSource, stagingPath, outputPath }: ClipTask,
    { shownPath, sharingWarning }: { shownPath: string; sharingWarning: string | null },
    ending: EncodeEnding,
    seen: InspectedProxy,
  ): ClipRun {
    const { clip, source, plan, changes } = this;
    const { choice } = clip.quantiser;
    const paths = { input, output: stagingPath, capture: shownPath };
    const counts = { ...this.counts, source: null };
    const warnings = [
      otherNameWarnings(namedSource, source.formatName),
      plan.warnings,
      ending.warnings,
      sharingWarning ?? [],
      ending.failure === null ? paceWarnings(plan, counts) : [],
      ending.failure === null ? cutWarnings(this.look?.cutShare ?? 0) : [],
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

/** One for each track, in the order of their pipes. */
export function traces({ audio }: ProxyPlan): AudioTrace[] {
  return audio.map((track) => new AudioTrace(audioForm(track)));
}

/** Less than this share of what was looked at isn't worth a word. */
const LEAST_SHARE = 0.0005;

/** A warning where a look cuts what is brighter than it has a place for. @param share of the pixels that were looked at. */
function cutWarnings(share: number): string[] {
  if (share < LEAST_SHARE) return [];
  return [
    `The look cuts off what is brighter than its white: ${(100 * share).toFixed(1)} % of the picture, by the lines that were compared.`,
  ];
}
