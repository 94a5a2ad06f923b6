import {
  picturesOutOfTurn,
  planProxy,
  primaryVideo,
  rationalToNumber,
  withMeasuredTimes,
  type ClipOutcome,
  type MediaInfo,
  type PictureSizes,
  type ProxyPlan,
  type ProxyRequest,
  type SoundChanges,
} from '@app/engines';
import { measureTimes, type Bounds } from './picture-times.ts';

/** A run that has ended, and when its pictures are shown in the source. */
export interface Attempt {
  outcome: ClipOutcome;
  pictureTimes: readonly number[] | null;
  /** The pictures by which a ProRes quantiser was chosen; none where none was. */
  tried: readonly PictureSizes[];
  /** Bytes of each picture of the proxy; none where it wasn't read. */
  pictureSizes: readonly number[];
  droppedFrames: number;
  changes: SoundChanges;
}

export interface Planned {
  plan: ProxyPlan;
  source: MediaInfo;
}

/** The checks of a proxy's times. */
const OF_TIMES = new Set(['frame_times_off_ms', 'frames_in_order']);

/**
 * A plan by the times of all pictures, where one by the first of them is known to be wrong or made another proxy than was
 * expected: a recording may begin at a rate and have a step in its times later. `null` where times aren't the reason, where
 * they have been measured, and where they lead to the plan of the attempt.
 *
 * @param attempt the run by the first plan; `null` before it.
 */
export async function planByTimes(
  request: ProxyRequest,
  known: Planned,
  attempt: Attempt | null,
  path: string,
  bounds: Bounds,
): Promise<Planned | null> {
  if (primaryVideo(known.source)?.head?.measured) return null;
  // Storage that hangs isn't asked again.
  if (attempt?.outcome.failure?.type === 'EngineStalledError') return null;
  const measured = planned(
    request,
    known,
    await timesOf(request, known.plan, attempt, path, bounds),
  );
  if (attempt === null) return measured;
  // What dropped a picture for its rate is none that times explain.
  const isExplained =
    isOff(attempt) || hasEnded(attempt) || measured?.plan.picture.clock.putsInTurn;
  return isExplained && !isSame(measured?.plan, known.plan) ? measured : null;
}

/** How a run ends that another plan may make well; storage that is full or hangs stays so. */
const OF_THE_CLIP = new Set(['EngineError', 'OutputVerificationError']);

/**
 * A plan in which each track that may change its channels or its rate, as of a broadcast, is made one form; `null` where none has
 * changed, or all are. Only decoding all of it tells, so this comes after a run that was told by the header.
 */
export function planBySound(
  request: ProxyRequest,
  { plan: known, source }: Planned,
  attempt: Attempt,
): Planned | null {
  const mayChange = new Set(
    known.audio.flatMap(({ mayChange, steady, streamIndex }) =>
      mayChange && steady === null ? streamIndex : [],
    ),
  );
  if (mayChange.size === 0 || !hasOtherSound(attempt)) return null;
  const streams = source.streams.map((stream) =>
    stream.kind === 'audio' && mayChange.has(stream.index) ? { ...stream, changes: true } : stream,
  );
  const told = { ...source, streams };
  const { plan } = planProxy(request, told);
  return plan ? { plan, source: told } : null;
}

/** Whether sound has changed, or begins otherwise than its header says. */
function hasOtherSound({ outcome: { failure, stderr, verification }, changes }: Attempt): boolean {
  if (failure !== null && !OF_THE_CLIP.has(failure.type)) return false;
  const hasOtherStart =
    (failure?.type === 'EngineError' && (stderr ?? '').includes('Parsed_channelmap')) ||
    verification.some(({ check, passed }) => !passed && check === 'audio_channels');
  return changes.ofStreams.size > 0 || hasOtherStart;
}

/** The times of all pictures, from the attempt or by reading the source once more; `null` where nothing calls for them. */
async function timesOf(
  request: ProxyRequest,
  plan: ProxyPlan,
  attempt: Attempt | null,
  path: string,
  bounds: Bounds,
): Promise<readonly number[] | null> {
  if (wantsReading(request, plan, attempt)) return measureTimes(plan, path, bounds);
  return attempt !== null && isOff(attempt) ? attempt.pictureTimes : null;
}

function isSame(one: ProxyPlan | undefined, other: ProxyPlan): boolean {
  return JSON.stringify(one?.picture) === JSON.stringify(other.picture);
}

/** @param times seconds after the earliest picture, in the order of the decoder. */
function planned(
  request: ProxyRequest,
  { plan: first, source }: Planned,
  times: readonly number[] | null,
): Planned | null {
  const frameSeconds = 1 / rationalToNumber(first.picture.timing.sourceRate);
  const told = withMeasuredTimes(source, { times, frameSeconds });
  if (told === null) return null;
  const { plan } = planProxy(request, told);
  return plan ? { plan, source: told } : null;
}

/**
 * Whether only reading the source once more tells the times of all pictures: where some of the first are out of turn, where the
 * run ended at one, and where one was dropped that the job didn't ask to drop.
 */
function wantsReading(
  { explicitFps }: ProxyRequest,
  { picture: { clock, timing } }: ProxyPlan,
  attempt: Attempt | null,
): boolean {
  if (attempt !== null && hasEnded(attempt)) return true;
  if (clock.countedAt !== null) return false;
  if (attempt === null) return clock.putsInTurn;
  const isFitted = clock.placed || (timing.mode === 'constant' && explicitFps === null);
  return isFitted && attempt.droppedFrames > 0;
}

/** FFmpeg writes no picture whose time isn't after that of the one before it. */
function hasEnded({ outcome: { failure, stderr } }: Attempt): boolean {
  return failure?.type === 'EngineError' && picturesOutOfTurn(stderr ?? '');
}

function isOff({ outcome: { failure, verification } }: Attempt): boolean {
  return (
    failure !== null && verification.some(({ check, passed }) => !passed && OF_TIMES.has(check))
  );
}
