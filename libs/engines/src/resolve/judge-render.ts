import {
  JobFailure,
  STOP_PREFERENCE,
  type ResolveJob,
  type CheckName,
  type VerificationCheck,
} from '@app/jobspec';
import { FrameSplitter } from '../content/frames/stacked-frames.ts';
import {
  JpegCollector,
  thumbnailFrames,
  thumbnailOf,
  type Thumbnail,
} from '../content/frames/thumbnail.ts';
import { FIRST_SOUND_PIPE } from '../ffmpeg/capture-arguments.ts';
import { EncoderProgress, following } from '../ffmpeg/encoder-progress.ts';
import { loudestIn } from '../ffmpeg/ffmpeg-log.ts';
import { readersOf, type RunProgram } from '../ffmpeg/program-call.ts';
import { thumbnailOutput } from '../ffmpeg/read-arguments.ts';
import { CONFINED_INPUT, fileInput, type MediaInfo } from '../media/index.ts';
import type { ClipOutcome, ClipTask } from '../make/engine.ts';
import { describeOutput, orFailure, type Verification } from '../make/inspect-proxy.ts';
import { runAside, type MediaPrograms } from '../make/media-programs.ts';
import { TOLERANCES } from '../verify/tolerances.ts';
import { verifyProxy } from '../verify/verify-proxy.ts';
import type { ClipRender } from './plan-resolve.ts';

/** A file rendered by Resolve. */
interface Rendered extends Record<'stagedFile' | 'sourceFile' | 'sourcePath', string> {
  plan: ClipRender;
  /** ffprobe's description of the clip; `null` for a format that it can't open. */
  source: MediaInfo | null;
  proxy: MediaInfo;
  /** Sentence of advice in case this Resolve can't read the clip. */
  advice: string;
  /** True if thumbnails of the proxy are wanted. */
  wantsThumbnails?: boolean;
}

/** Receives findings as they are made, since a later step may reject. */
interface RenderReport {
  job: Pick<ResolveJob, 'sound'>;
  /** Sentence of advice in case this Resolve can't read the clip. */
  advice(): string;
  /** Ignores `null`. */
  warn(sentence: string | null): void;
}

interface Judgement {
  checks: VerificationCheck<CheckName>[];
  failure: JobFailure | null;
  thumbnails: readonly Thumbnail[];
}

const STILL =
  'The proxy shows one picture from start to end. If anything moves in the clip, Resolve has not read it: compare them.';
const SILENT_PROXY =
  'The proxy is silent from start to end. Listen to the clip: if it is not silent, use its sound, or that of the recorder, in the edit.';

/** Resolve reports no duplicated or dropped frames. */
const AS_RENDERED = { duplicatedFrames: 0, droppedFrames: 0, frameTimes: null, frameTick: 0 };

/**
 * Verifies a rendered file: runs the checks of every proxy, and those for faults that only Resolve makes.
 *
 * @throws the reason of the signal, and defects.
 */
export async function inspectRender(
  task: ClipTask,
  plan: ClipRender,
  report: RenderReport,
  programs: MediaPrograms,
): Promise<Verification & Pick<ClipOutcome, 'thumbnails'>> {
  return orFailure(verifyRender(task, plan, report, programs), programs.bounds.signal);
}

async function verifyRender(
  task: ClipTask,
  plan: ClipRender,
  report: RenderReport,
  programs: MediaPrograms,
) {
  const described = await describeOutput(task, programs, { packets: true });
  if ('failure' in described) return { verification: [], failure: described.failure };
  const both = { source: task.source, proxy: described.proxy };
  const { sourceFile, sourcePath } = task;
  const finished = { ...both, sourcePath, counts: AS_RENDERED, counted: [] };
  const verified = await verifyProxy(plan.expectation, finished, programs.probe(sourceFile));
  if (verified.failure !== null) return verified;
  const render = { ...task, ...both, plan, advice: report.advice() };
  const judged = await judgeRender(render, report, (call) => runAside(programs, call));
  const { checks, ...others } = judged;
  const verification = [...verified.verification, ...checks];
  return { facts: verified.facts, verification, ...others };
}

/**
 * Checks a render for faults that only Resolve makes: audio that it mixes or leaves out, and its offline card in place of frames.
 * Rejects if a program's run rejects, as it does when it is stopped.
 */
async function judgeRender(
  render: Rendered,
  report: RenderReport,
  run: RunProgram,
): Promise<Judgement> {
  const { plan, proxy, advice, stagedFile, sourcePath: path } = render;
  const proxy_tracks = audioOf(proxy).flatMap(({ channels }) => channels ?? []);
  report.job.sound = { clip_channels: plan.channels, proxy_tracks };
  report.warn(audioWarning(plan.channels, proxy_tracks));
  const { expectation } = plan;
  const check = frameCheck(stagedFile);
  const shown = render.wantsThumbnails ? thumbnailFrames(expectation.declared.frames ?? 1) : [];
  const jpegs = new JpegCollector();
  await run({
    argv: ['ffmpeg', ...check.args, ...thumbnailOutput(expectation.video, shown, FIRST_SOUND_PIPE)],
    onStdout: check.onStdout,
    pipes: readersOf([jpegs]),
  });
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(expectation, shown[n] ?? 0, jpeg));
  const { cards: frames, firstCard: first, isStill } = check.result();
  const isOnline = booleanCheck('media_online', frames === 0);
  if (frames > 0) {
    const hint = `${STOP_PREFERENCE} Look at the clip there. ${advice}`;
    const failure = new JobFailure('resolve_media_offline', { path, frames, first, hint });
    return { checks: [isOnline], failure, thumbnails };
  }
  if (isStill) report.warn(STILL);
  const isAudible = await checkAudible(render, proxy_tracks, run);
  if (isAudible === 'unsure') report.warn(SILENT_PROXY);
  if (typeof isAudible !== 'boolean') return { checks: [isOnline], failure: null, thumbnails };
  const failure = isAudible ? null : new JobFailure('resolve_silent', { path });
  return { checks: [isOnline, booleanCheck('sound_heard', isAudible)], failure, thumbnails };
}

/**
 * True if the proxy is audible. If it is silent: false if it has all channels of its clip, which is audible; `'unsure'` if it has
 * fewer channels than the clip, or the clip's audio can't be read; `null` if the clip is silent too. Also `null` if the proxy has
 * no audio or can't be read.
 */
async function checkAudible(
  { plan, source, stagedFile, sourceFile }: Rendered,
  tracks: readonly number[],
  run: RunProgram,
): Promise<boolean | 'unsure' | null> {
  const peak = tracks.length > 0 ? await peakLevel(stagedFile, run) : null;
  if (peak === null) return null;
  if (peak > TOLERANCES.silentDecibels) return true;
  const clipPeak = audioOf(source).length > 0 ? await peakLevel(sourceFile, run) : null;
  if (clipPeak !== null && clipPeak <= TOLERANCES.audibleDecibels) return null;
  return clipPeak !== null && channelsIn(tracks) >= plan.channels ? false : 'unsure';
}

/** Peak level of all audio tracks of a file in dBFS; `null` when FFmpeg can't read one of them. */
async function peakLevel(path: string, run: RunProgram): Promise<number | null> {
  const reports = '-hide_banner -nostdin -nostats -progress pipe:1'.split(' ');
  const measure = '-map 0:a -filter:a volumedetect -f null -'.split(' ');
  const { exitCode, stderr } = await run({
    argv: ['ffmpeg', ...reports, ...CONFINED_INPUT, '-i', fileInput(path), ...measure],
    ...following(new EncoderProgress()),
  });
  return exitCode === 0 ? loudestIn(stderr) : null;
}

/** Total channels of a proxy, given those of each track. */
export const channelsIn = (tracks: readonly number[]) => tracks.reduce((sum, one) => sum + one, 0);

/**
 * Warning if Resolve mixed channels down.
 *
 * @param tracks the channels of each track of the proxy.
 * @returns `null` when the proxy has at least the clip's channels.
 */
export function audioWarning(channels: number, tracks: readonly number[]): string | null {
  const made = channelsIn(tracks);
  if (made >= channels) return null;
  const found =
    tracks.length === 1 ? `one track of ${made}` : `${tracks.length} tracks of ${made} in all`;
  return `The clip has ${channels} channels of sound, and the proxy ${found}: Resolve mixes them, and no key of its scripting interface sets output tracks. Use the sound of the clip, or of the recorder, in the edit.`;
}

const booleanCheck = (check: CheckName, is: boolean) => ({
  check,
  expected: true,
  actual: is,
  passed: is,
});

function audioOf(media: MediaInfo | null) {
  return (media?.streams ?? []).filter((stream) => stream.kind === 'audio');
}

const [WIDTH, HEIGHT] = [64, 36];
const FRAME_BYTES = WIDTH * HEIGHT * 3;
const PIXELS = '-f rawvideo -pix_fmt rgb24 pipe:1'.split(' ');

/**
 * FFmpeg arguments that decode every frame of a proxy, and a check of the output. Resolve replaces frames that it can't read by
 * its Media Offline card, and still reports the render as complete. The card's text is in the language of the interface; its
 * background is a single red.
 */
export function frameCheck(path: string) {
  const shown = { cards: 0, firstCard: 0 };
  let [frames, changes] = [0, 0];
  const splitter = new FrameSplitter(FRAME_BYTES, ({ previous, here }) => {
    if (isCard(here) && shown.cards++ === 0) shown.firstCard = frames;
    if (frames++ > 0 && Buffer.compare(previous, here) !== 0) changes++;
  });
  const small = ['-map', '0:v:0', '-vf', `scale=${WIDTH}:${HEIGHT}:flags=neighbor`];
  return {
    /** Arguments without the program's name. */
    args: ['-v', 'error', '-nostdin', '-i', `file:${path}`, ...small, ...PIXELS],
    onStdout: (chunk: Uint8Array) => splitter.take(chunk),
    /**
     * Result, once the run has ended: number of frames that show only the card, index of the first of them, and `isStill` if all
     * frames are equal.
     */
    result: () => {
      splitter.end();
      return { ...shown, isStill: frames > 1 && changes === 0 };
    },
  };
}

/**
 * True for a frame that is mostly a single red. Camera footage has shades, and grain that is kept because frames are scaled
 * without averaging.
 */
function isCard(frame: Uint8Array): boolean {
  const middle = [0, 1, 2].map((channel) => median(frame, channel));
  const [r = 0, g = 0, b = 0] = middle;
  if (r <= 60 || r <= 2 * g || r <= 2 * b) return false;
  const { cardLevels, cardShare } = TOLERANCES;
  const isNear = (at: number) => (level: number, channel: number) =>
    Math.abs((frame[at + channel] ?? 0) - level) <= cardLevels;
  let alike = 0;
  for (let at = 0; at + 2 < frame.length; at += 3) if (middle.every(isNear(at))) alike++;
  return alike >= cardShare * WIDTH * HEIGHT;
}

/** Median level of a channel. */
function median(frame: Uint8Array, channel: number): number {
  return frame.filter((_, at) => at % 3 === channel).sort()[(WIDTH * HEIGHT) >> 1] ?? 0;
}
