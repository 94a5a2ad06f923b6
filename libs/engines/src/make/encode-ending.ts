import { dirname } from 'node:path';
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
import type { ProgramEnding } from '../ffmpeg/program-call.ts';
import type { StreamChange, StreamChanges } from '../ffmpeg/stream-changes.ts';
import { primaryVideo, type MediaInfo, type VideoStream } from '../media/index.ts';
import { completionAdvice } from '../routing/rewrapping.ts';
import type { RunCounts } from '../verify/check.ts';
import { laterPicture } from '../verify/holes.ts';
import type { EncodeEnding, MadeProxy } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';
import { runAside, type MediaPrograms } from './media-programs.ts';

/**
 * Exit codes of FFmpeg when there is no space left, the low byte of the negative errno: 256 - 28 (measured with FFmpeg 7.1.5),
 * and 256 - 122 for a quota.
 */
const EXIT_NO_SPACE: ReadonlySet<unknown> = new Set([228, 134]);
/** Most errors quoted in a warning. */
const SHOWN = 3;

type FrameCounts = Pick<RunCounts, 'duplicatedFrames' | 'droppedFrames'>;

/** Reads how an FFmpeg run ended: its failure, its warnings, and which frames of the source are damaged. */
export async function readEnding(
  made: MadeProxy,
  ended: ProgramEnding,
  programs: MediaPrograms,
): Promise<EncodeEnding> {
  const { task, pass } = made;
  const { source, counts, changes } = pass;
  const run = { ...ended, stderr: withoutPrinted(ended.stderr) };
  const { stderr } = run;
  const lacksSpace = captureLacksSpace(stderr);
  const fault =
    changedTrack(run, changes, source) ??
    ffmpegFailure(run, lacksSpace, made, programs) ??
    brokenPart(task, source, stderr) ??
    lateStream(changes.lateStreams) ??
    otherPicture(source, counts);
  const warnings =
    fault === null ? [...changeWarnings(changes), ...runWarnings(stderr, counts)] : [];
  const video = primaryVideo(source);
  let failure = fault;
  if (video && !run.stalled && decoderErred(stderr, video.codecName ?? '')) {
    const frames = await damagedFrames(task.sourceFile, video, programs);
    if (frames !== null) warnings.push(frames.warning);
    if (frames?.tooMany) failure ??= new JobFailure('frames_damaged', frames.tooMany);
  }
  return { exit_code: run.exitCode, failure, stderr, warnings, lacksSpace };
}

/**
 * Failure if FFmpeg skipped a part of a file, or reached its end in the middle of something: it isn't known how much is missing.
 */
function brokenPart(
  { namedSource }: ClipTask,
  { formatName }: MediaInfo,
  stderr: string,
): JobFailure | null {
  const part = lostPart(stderr);
  if (part === null) return null;
  const remedy = completionAdvice(namedSource, formatName);
  return new JobFailure('source_cut', { damage: `a part of it can’t be read (${part})`, remedy });
}

/** Failure if a track changes its format: FFmpeg rebuilds its filters there and misplaces what follows. */
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

/** Failure if FFmpeg found a stream too late to use it: the proxy lacks that stream. */
function lateStream([index]: ReadonlySet<number>): JobFailure | null {
  return index === undefined ? null : new JobFailure('track_begins_late', { stream: index });
}

/** Failure if the video continues in another stream: a proxy holds one, and lacks what follows. */
function otherPicture(
  source: MediaInfo,
  { frameTimes }: Pick<RunCounts, 'frameTimes'>,
): JobFailure | null {
  const later = laterPicture(source, frameTimes);
  return (
    later && new JobFailure('picture_goes_on', { ...later, seconds: later.seconds.toFixed(2) })
  );
}

/** Failure of an FFmpeg run, or `null` if it ended well. Exit 0 says little: the output is verified next. */
function ffmpegFailure(
  { exitCode: exit_code, endedBy: signal, stalled, stderr }: ProgramEnding,
  lacksSpace: boolean,
  { task, capture }: MadeProxy,
  { bounds }: MediaPrograms,
): JobFailure | null {
  if (stalled) return new JobFailure('encoder_stalled', { seconds: bounds.stallSeconds });
  if (exit_code === 0) return null;
  if (EXIT_NO_SPACE.has(exit_code)) {
    const directory = lacksSpace ? capture.shownDirectory : dirname(task.stagingPath);
    return new JobFailure('no_space', { directory });
  }
  const { code, said } = ffmpegEnding(stderr);
  return new JobFailure(code, { exit_code, signal, said });
}

/** Warnings about an FFmpeg run that ended well, in sentences for people. */
export function runWarnings(stderr: string, counts: FrameCounts): string[] {
  const { duplicatedFrames, droppedFrames } = counts;
  const isEven = duplicatedFrames === 0 && droppedFrames === 0;
  const frames = `Frames that were repeated: ${duplicatedFrames}, dropped: ${droppedFrames}.`;
  return [...(isEven ? [] : [frames]), ...errorWarnings(stderr)];
}

function changeWarnings({ picture }: StreamChanges): string[] {
  if (picture === null) return [];
  return [
    `The picture changes its format (size, rotation, fields, pixel format or colours) ${moment(picture)}: the proxy keeps the format of the start, so what follows may be distorted, comb or have other colours. Cut the clip there to have each part as it is.`,
  ];
}

function moment({ seconds, times }: StreamChange): string {
  const again = times === 2 ? 'once more' : `${times - 1} times more`;
  const more = times === 1 ? '' : `, and later ${again}`;
  return `${seconds.toFixed(3)} s after the first frame${more}`;
}

/** Warning about errors after which FFmpeg went on: decoders conceal some damage, but every error is reported. */
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

/** Most seconds that finding the damaged frames may take. */
const MOST_SECONDS = 120;

/** Codecs that decode other frames before one is shown: an error in between is reported at the frame that is shown next. */
const REORDERED = new Set(['h264', 'hevc', 'mpeg1video', 'mpeg2video', 'mpeg4', 'vc1']);

/**
 * Finds the frames at which the source's decoder reports errors: a sentence that names them, and their number if there are too
 * many; `null` if there are none. Decodes the source once more, only for clips with errors.
 */
async function damagedFrames(
  path: string,
  { index, codecName }: VideoStream,
  programs: MediaPrograms,
): Promise<{ warning: string; tooMany: FrameLog['mostlyBad'] } | null> {
  const log = new FrameLog();
  const run = await runAside(programs, {
    argv: ['ffprobe', ...frameLogArguments(path, index)],
    mostSeconds: MOST_SECONDS,
    onStdout: (chunk) => log.take(chunk),
  }).catch(() => null);
  if (run === null || log.frames === null) return null;
  const part = run.stalled ? `, as far as it was read in ${MOST_SECONDS} seconds` : '';
  const where = REORDERED.has(codecName ?? '') ? 'at or soon after' : 'at';
  const warning = `The decoder of the source reports errors ${where} ${log.frames} (counted from 0)${part}.`;
  return { warning, tooMany: log.mostlyBad };
}
