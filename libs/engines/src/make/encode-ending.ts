import { JobFailure } from '@app/jobspec';
import {
  captureLacksSpace,
  decoderErred,
  ffmpegEnding,
  ffmpegErrors,
  FrameLog,
  frameLogArguments,
  lostPart,
  withoutPrinted,
} from '../ffmpeg/ffmpeg-log.ts';
import type { ProgramEnding, RunProgram } from '../ffmpeg/program-call.ts';
import type { StreamChange, StreamChanges } from '../ffmpeg/stream-changes.ts';
import { primaryVideo, type MediaInfo, type VideoStream } from '../media/index.ts';
import { completionAdvice } from '../routing/rewrapping.ts';
import type { RunCounts } from '../verify/check.ts';
import { laterPicture } from '../verify/holes.ts';
import type { EncodeEnding, EncodePass } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';

/** FFmpeg ends with the low byte of the negative errno: 256 - 28 (measured with FFmpeg 7.1.5), and of a quota 256 - 122. */
const EXIT_NO_SPACE: ReadonlySet<unknown> = new Set([228, 134]);
/** So many of its errors are shown. */
const SHOWN = 3;

type FrameCounts = Pick<RunCounts, 'duplicatedFrames' | 'droppedFrames'>;

/** Ways to know more of an ending than FFmpeg says. */
export interface EndingTools {
  /** Seconds that the pass could go without progress. */
  stallSeconds: number;
  /** Runs a program. It throws the reason of a stop. */
  run: RunProgram;
  /** The failure where there is no space for the proxy, or for what it is compared with. */
  noSpaceFor: (file: 'proxy' | 'capture') => JobFailure;
}

/** How an FFmpeg run ended: its failure, what it says of itself, and which frames of the source are damaged. */
export async function readEnding(
  { source, counts, changes }: EncodePass,
  task: ClipTask,
  ended: ProgramEnding,
  tools: EndingTools,
): Promise<EncodeEnding> {
  const run = { ...ended, stderr: withoutPrinted(ended.stderr) };
  const { stderr } = run;
  const lacksSpace = captureLacksSpace(stderr);
  const fault =
    changedTrack(run, changes, source) ??
    ffmpegFailure(run, lacksSpace, tools) ??
    brokenPart(task, source, stderr) ??
    lateStream(changes.lateStreams) ??
    otherPicture(source, counts);
  const warnings =
    fault === null ? [...changeWarnings(changes), ...runWarnings(stderr, counts)] : [];
  const video = primaryVideo(source);
  let failure = fault;
  if (video && !run.stalled && decoderErred(stderr, video.codecName ?? '')) {
    const frames = await damagedFrames(task.sourceFile, video, tools.run);
    if (frames !== null) warnings.push(frames.said);
    if (frames?.tooMany) failure ??= new JobFailure('frames_damaged', frames.tooMany);
  }
  return { exit_code: run.exitCode, failure, stderr, warnings, lacksSpace };
}

/** Where FFmpeg passed over a part of a file, or came to its end in the middle of something: how much is missing, nothing tells. */
function brokenPart(
  { namedSource }: ClipTask,
  { formatName }: MediaInfo,
  stderr: string,
): JobFailure | null {
  const said = lostPart(stderr);
  if (said === null) return null;
  const remedy = completionAdvice(namedSource, formatName);
  return new JobFailure('source_cut', { damage: `a part of it can’t be read (${said})`, remedy });
}

/** A track that changes its form: its filters are built anew there, and what follows is not where it belongs. */
function changedTrack(
  { stalled }: ProgramEnding,
  { ofStreams, startsOtherwise }: StreamChanges,
  { streams }: MediaInfo,
): JobFailure | null {
  const [track, ...others] = streams.filter(({ kind }) => kind === 'audio');
  const isOnly = startsOtherwise && track !== undefined && others.length === 0;
  const [changed] = isOnly ? [[track.index, { seconds: 0 }] as const] : ofStreams;
  if (stalled || changed === undefined) return null;
  const [stream, { seconds }] = changed;
  return new JobFailure('track_changes', { stream, seconds: seconds.toFixed(2) });
}

/** What FFmpeg came upon too late to keep it is lost, and no proxy that lacks it is good. */
function lateStream([index]: ReadonlySet<number>): JobFailure | null {
  return index === undefined ? null : new JobFailure('track_begins_late', { stream: index });
}

/** A proxy holds one stream of pictures, and what goes on in another is missing. */
function otherPicture(
  source: MediaInfo,
  { frameTimes }: Pick<RunCounts, 'frameTimes'>,
): JobFailure | null {
  const later = laterPicture(source, frameTimes);
  return (
    later && new JobFailure('picture_goes_on', { ...later, seconds: later.seconds.toFixed(2) })
  );
}

/** Why an FFmpeg run failed, or `null` when it ended well. Exit 0 says little: the output is verified next. */
function ffmpegFailure(
  { exitCode: exit_code, endedBy: signal, stalled, stderr }: ProgramEnding,
  lacksSpace: boolean,
  { stallSeconds, noSpaceFor }: EndingTools,
): JobFailure | null {
  if (stalled) return new JobFailure('encoder_stalled', { seconds: stallSeconds });
  if (exit_code === 0) return null;
  if (EXIT_NO_SPACE.has(exit_code)) return noSpaceFor(lacksSpace ? 'capture' : 'proxy');
  const { code, said } = ffmpegEnding(stderr);
  return new JobFailure(code, { exit_code, signal, said });
}

/** What an FFmpeg run that ended well says of itself, in sentences for people. */
export function runWarnings(stderr: string, counts: FrameCounts): string[] {
  const { duplicatedFrames, droppedFrames } = counts;
  const isEven = duplicatedFrames === 0 && droppedFrames === 0;
  const frames = `Frames that were repeated: ${duplicatedFrames}, dropped: ${droppedFrames}.`;
  return [...(isEven ? [] : [frames]), ...errorWarnings(stderr)];
}

function changeWarnings({ picture }: StreamChanges): string[] {
  if (picture === null) return [];
  return [
    `The picture changes its form (size, turn, fields, pixels or colours) ${moment(picture)}: the proxy has that of its start throughout, so what follows may be pressed out of shape, comb or have other colours. Cut the clip there to have each part as it is.`,
  ];
}

function moment({ seconds, times }: StreamChange): string {
  const again = times === 2 ? 'once more' : `${times - 1} times more`;
  const more = times === 1 ? '' : `, and later ${again}`;
  return `${seconds.toFixed(3)} s after the first frame${more}`;
}

/** Decoders paint over some damage and go on; what they call an error is never kept back. */
function errorWarnings(stderr: string): string[] {
  const errors = ffmpegErrors(stderr).map(({ component, message }) =>
    component === null ? message : `${component}: ${message}`,
  );
  if (errors.length === 0) return [];
  const shown = [...new Set(errors)].slice(0, SHOWN).join('; ');
  return [
    `FFmpeg reported ${errors.length} error${errors.length === 1 ? '' : 's'} and went on: ${shown}. Look at the proxy.`,
  ];
}

/** The clip is judged already: to know which frames it was is worth so many seconds. */
const MOST_SECONDS = 120;

/** Of these a frame is shown after others were decoded: what is said meanwhile counts for the one that is shown. */
const REORDERED = new Set(['h264', 'hevc', 'mpeg1video', 'mpeg2video', 'mpeg4', 'vc1']);

/**
 * The frames of a source that its decoder has errors at, as a sentence, and how many they are where those are too many; `null` when none
 * are found. The source is decoded once more for it: only a clip that has some pays.
 */
async function damagedFrames(
  path: string,
  { index, codecName }: VideoStream,
  runProgram: RunProgram,
): Promise<{ said: string; tooMany: FrameLog['mostlyBad'] } | null> {
  const log = new FrameLog();
  const run = await runProgram({
    argv: ['ffprobe', ...frameLogArguments(path, index)],
    mostSeconds: MOST_SECONDS,
    onStdout: (chunk) => log.take(chunk),
  }).catch(() => null);
  if (run === null || log.frames === null) return null;
  const part = run.stalled ? `, as far as it was read in ${MOST_SECONDS} seconds` : '';
  const where = REORDERED.has(codecName ?? '') ? 'at or soon after' : 'at';
  const said = `The decoder of the source reports errors ${where} ${log.frames} (counted from 0)${part}.`;
  return { said, tooMany: log.mostlyBad };
}
