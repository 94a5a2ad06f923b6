import {
  isLargerThanSearch,
  planProxy,
  primaryVideo,
  rationalToNumber,
  sourceContainer,
  withMeasuredTimes,
  type AudioStream,
  type MediaInfo,
  type ProxyPlan,
} from '@app/engines';
import type { ClipAttempt } from '@app/jobspec';
import type { ClipPlan, ClipPrograms, ClipRun } from './clip-run.ts';
import { bySearch } from './prores-trial.ts';

/** A reason to encode a clip once more, and how. */
export interface Revision {
  why: ClipAttempt['why'];
  /** The plan that a run calls for; `null` where this isn't what it needs. */
  revise(run: ClipRun, programs: ClipPrograms): Promise<ClipPlan | null>;
}

/** In the order in which a run is looked at. Each is made at most once. */
export const REVISIONS: readonly Revision[] = [
  { why: 'audio_start', revise: withoutAudioRest },
  { why: 'audio_changes', revise: withUniformAudio },
  { why: 'frame_times', revise: withMeasuredFrames },
  { why: 'size', revise: withSearch },
];

/** Failures that another plan may mend; storage that is full or hangs stays so. */
const OF_THE_CLIP = new Set(['EngineError', 'OutputVerificationError']);
/** The checks of a proxy's times. */
const OF_TIMES = new Set(['frame_times_off_ms', 'frames_in_order']);
const TOO_LARGE =
  'With one quantiser the clip became larger than the search would make it, by the pictures that were tried.';

/** A plan by the times of all frames, where those of the first ones are known to be wrong; `null` where they aren't. */
export async function replanBeforehand(
  first: ClipPlan,
  programs: ClipPrograms,
): Promise<ClipPlan | null> {
  const { clock } = first.plan.video;
  const isWrong = clock.constantRate === null && clock.enforceMonotonicPts && !isMeasured(first);
  return isWrong ? replan(first, await programs.measureTimes(first)) : null;
}

/**
 * A recording that may begin anywhere begins inside a block of audio, and its rest can't be decoded: without that packet, the track begins
 * with the next block. More than one packet is damage.
 */
async function withoutAudioRest(run: ClipRun): Promise<ClipPlan | null> {
  const { refusedFirst } = run.changes;
  const mayBeginAnywhere = sourceContainer(run.source.formatName).promises.duration === null;
  if (run.outcome.failure?.type !== 'EngineError' || !mayBeginAnywhere) return null;
  return withTracks(run, refusedFirst, { beginsInside: true });
}

/**
 * Each track that may change its channels or its rate, as of a broadcast, is made one form. Only decoding all of it tells whether one does, so
 * this comes after a run by the header's word.
 */
async function withUniformAudio(run: ClipRun): Promise<ClipPlan | null> {
  const mayChange = new Set(
    run.plan.audio.flatMap(({ mayChange, uniform, streamIndex }) =>
      mayChange && uniform === null ? streamIndex : [],
    ),
  );
  return hasOtherAudio(run) ? withTracks(run, mayChange, { changes: true }) : null;
}

/** A plan by what is known now of some audio streams, by their indexes; `null` where there are none. */
function withTracks(
  run: ClipRun,
  indexes: ReadonlySet<number>,
  known: Pick<AudioStream, 'beginsInside' | 'changes'>,
): ClipPlan | null {
  if (indexes.size === 0) return null;
  const streams = run.source.streams.map((stream) =>
    stream.kind === 'audio' && indexes.has(stream.index) ? { ...stream, ...known } : stream,
  );
  return planOf(run, { ...run.source, streams });
}

/** Whether audio has changed, or begins otherwise than its header says. */
function hasOtherAudio({ outcome, changes }: ClipRun): boolean {
  const { failure, verification } = outcome;
  if (failure !== null && !OF_THE_CLIP.has(failure.type)) return false;
  const hasOtherStart =
    (failure?.type === 'EngineError' && changes.startsOtherwise) ||
    verification.some(({ check, passed }) => !passed && check === 'audio_channels');
  return changes.ofStreams.size > 0 || hasOtherStart;
}

/**
 * A plan by the times of all frames, where one by the first of them made another proxy than was expected: a recording may begin
 * at a rate and have a step in its times later. `null` where times aren't the reason, and where they lead to the plan of the run.
 */
async function withMeasuredFrames(run: ClipRun, programs: ClipPrograms): Promise<ClipPlan | null> {
  // Storage that hangs isn't asked again.
  if (isMeasured(run) || run.outcome.failure?.type === 'EngineStalledError') return null;
  const isOff = hasTimesOff(run);
  const times = wantsReading(run)
    ? await programs.measureTimes(run)
    : isOff
      ? run.frameTimes
      : null;
  const measured = replan(run, times);
  // What dropped a frame for its rate is none that times explain.
  const isExplained =
    isOff || endedOutOfTurn(run) || measured?.plan.video.clock.enforceMonotonicPts;
  return measured && isExplained && !isSameVideo(measured.plan, run.plan) ? measured : null;
}

/** The encoder's own search, where one quantiser has made the clip too large. */
async function withSearch(run: ClipRun): Promise<ClipPlan | null> {
  const { plan, quantiser, outcome, frameSizes } = run;
  if (outcome.failure !== null || !isLargerThanSearch(plan, quantiser.tried, frameSizes))
    return null;
  const { request, source } = run;
  return { request, source, plan, quantiser: bySearch(TOO_LARGE) };
}

/** Whether two plans encode the same frames in the same way. */
export function isSameVideo(one: ProxyPlan, other: ProxyPlan): boolean {
  return JSON.stringify(one.video) === JSON.stringify(other.video);
}

/** @param times seconds after the earliest frame, in the order of the decoder. */
function replan(known: ClipPlan, times: readonly number[] | null): ClipPlan | null {
  const frameSeconds = 1 / rationalToNumber(known.plan.video.timing.sourceRate);
  const updatedSource = withMeasuredTimes(known.source, { times, frameSeconds });
  return updatedSource === null ? null : planOf(known, updatedSource);
}

function planOf({ request }: ClipPlan, source: MediaInfo): ClipPlan | null {
  const { plan } = planProxy(request, source);
  return plan ? { request, source, plan } : null;
}

function isMeasured({ source }: ClipPlan): boolean {
  return primaryVideo(source)?.head?.measured !== undefined;
}

/**
 * Whether only reading the source once more tells the times of all frames: where the run ended at one that is out of turn, and where one
 * was dropped that the job didn't ask to drop.
 */
function wantsReading(run: ClipRun): boolean {
  const { clock, timing } = run.plan.video;
  if (endedOutOfTurn(run)) return true;
  if (clock.constantRate !== null) return false;
  const isFitted =
    clock.fillsEverySlot || (timing.mode === 'constant' && run.request.explicitFps === null);
  return isFitted && run.droppedFrames > 0;
}

/** FFmpeg writes no frame whose time isn't after that of the one before it. */
function endedOutOfTurn({ outcome: { failure }, refusedTimes }: ClipRun): boolean {
  return failure?.type === 'EngineError' && refusedTimes;
}

function hasTimesOff({ outcome: { failure, verification } }: ClipRun): boolean {
  return (
    failure !== null && verification.some(({ check, passed }) => !passed && OF_TIMES.has(check))
  );
}
