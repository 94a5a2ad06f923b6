import {
  isLargerThanSearch,
  planProxy,
  primaryVideo,
  sourceContainer,
  withHead,
  type AudioStream,
  type MediaInfo,
  type ProxyPlan,
} from '@app/engines';
import type { ClipAttempt } from '@app/jobspec';
import type { ClipPlan, ClipRun } from './clip-run.ts';
import { bySearch } from './prores-trial.ts';

/** A reason to encode a clip once more, and how. */
export interface Revision {
  why: ClipAttempt['why'];
  /** The plan that a run calls for; `null` where this isn't what it needs. */
  revise(run: ClipRun): ClipPlan | null;
}

/** In the order in which a run is looked at. Each is made at most once. */
export const REVISIONS: readonly Revision[] = [
  { why: 'audio_start', revise: withoutAudioRest },
  { why: 'audio_changes', revise: withUniformAudio },
  { why: 'frame_times', revise: withTimesInOrder },
  { why: 'size', revise: withSearch },
];

/** Failures that another plan may mend; storage that is full or hangs stays so. */
const OF_THE_CLIP = new Set(['EngineError', 'OutputVerificationError']);
/** Why FFmpeg ends at a picture whose time isn't after that of the one before it. */
const REFUSED_TIMES = new Set<unknown>(['pictures_out_of_turn', 'pictures_at_one_time']);
const TOO_LARGE =
  'With one quantiser the clip became larger than the search would make it, by the pictures that were tried.';

/**
 * A recording that may begin anywhere begins inside a block of audio, and its rest can't be decoded: without that packet, the track begins
 * with the next block. More than one packet is damage.
 */
function withoutAudioRest(run: ClipRun): ClipPlan | null {
  const { refusedFirst } = run.changes;
  const mayBeginAnywhere = sourceContainer(run.source.formatName).promises.duration === null;
  if (run.outcome.failure?.type !== 'EngineError' || !mayBeginAnywhere) return null;
  return withTracks(run, refusedFirst, { beginsInside: true });
}

/**
 * Each track that may change its channels or its rate, as of a broadcast, is made one form. Only decoding all of it tells whether one does, so
 * this comes after a run by the header's word.
 */
function withUniformAudio(run: ClipRun): ClipPlan | null {
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

/** Times that go back behind the first pictures: each is shown at its own, or a moment after the one before it. */
function withTimesInOrder(run: ClipRun): ClipPlan | null {
  const { failure, verification } = run.outcome;
  const video = primaryVideo(run.source);
  const isRefused = REFUSED_TIMES.has(failure?.facts.code);
  const isMet =
    isRefused || verification.some(({ check, passed }) => check === 'frames_in_order' && !passed);
  if (!video || video.head?.goesBack || !isMet) return null;
  const head = video.head ?? { seconds: [], firstStored: null, topFieldFirst: null };
  const changed = withHead(video, { ...head, goesBack: true });
  const streams = run.source.streams.map((one) => (one === video ? changed : one));
  return planOf(run, { ...run.source, streams });
}

/** The encoder's own search, where one quantiser has made the clip too large. */
function withSearch(run: ClipRun): ClipPlan | null {
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

function planOf({ request }: ClipPlan, source: MediaInfo): ClipPlan | null {
  const { plan } = planProxy(request, source);
  return plan ? { request, source, plan } : null;
}
