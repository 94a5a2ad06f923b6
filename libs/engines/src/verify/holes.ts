import { rationalToNumber } from '../media/index.ts';
import { orderedTimes } from '../proxy/time/ordered-times.ts';
import type { RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/** From so many pictures, and from such a share of all, that come late it is a recording of another pace, and no loss. */
const OTHER_PACE = { pictures: 10, share: 0.05 };
/** Pictures; no codec shows more of them before one that is stored earlier. */
const MOST_REORDERED = 16;

/** Whether a source that begins at a rate goes on at others: what is lost leaves a few holes, and a slower pace many. */
export function changesPace(plan: ProxyExpectation, counts: RunCounts): boolean {
  if (plan.video.timing.variable) return false;
  const late = holes(plan, counts).filter((missing) => missing > 0).length;
  const { pictures: frames, share } = OTHER_PACE;
  return late >= Math.max(frames, share * (counts.frameTimes?.length ?? 0));
}

/** Pictures that are missing among the last ones: what is cut may lack those that are shown before them and stored after them. */
export function missingAtEnd(plan: ProxyExpectation, counts: RunCounts): number {
  const last = holes(plan, counts).slice(-MOST_REORDERED);
  const missing = last.reduce((sum, one) => sum + Math.max(0, one), 0);
  return missing <= MOST_REORDERED ? missing : 0;
}

/** Seconds without a new picture that are worth a word, in a source whose pictures come at no one rate. */
const LONG = 0.5;

/** What is said of a source that begins at a rate and goes on at others or with pictures missing, and of a long time without a new picture. */
export function paceWarnings(plan: ProxyExpectation, counts: RunCounts): string[] {
  return [...warningsAmong(plan, counts), ...endWarnings(plan)];
}

function warningsAmong(plan: ProxyExpectation, counts: RunCounts): string[] {
  const isPaced = changesPace(plan, counts);
  if (!plan.video.timing.variable && !isPaced) return lostWarnings(plan, counts);
  const times = distinct(shownTimes(plan, counts));
  const late = holes(plan, counts).flatMap((missing, n) => (missing > 0 ? [n] : []));
  const stays = times.slice(1).map((time, n) => time - (times[n] ?? time));
  const longest = stays.reduce((most, one, n) => (one > (stays[most] ?? 0) ? n : most), 0);
  const seconds = stays[longest] ?? 0;
  return [
    ...(isPaced
      ? [
          `The source goes on at another pace: ${late.length} of its ${times.length} pictures stay longer than the rate says, from frame ${late[0]} on (counted from 0).`,
        ]
      : []),
    ...(seconds >= LONG
      ? [
          `The source shows no new picture for ${seconds.toFixed(2)} s after frame ${longest} (counted from 0).`,
        ]
      : []),
  ];
}

/** What is said of a few pictures that are missing, in empty slots too. Where they are filled, there are words of their own. */
function lostWarnings(plan: ProxyExpectation, counts: RunCounts): string[] {
  if (plan.video.clock?.fillsEverySlot) return [];
  const among = holes(plan, counts);
  const places = among.flatMap((missing, n) => (missing > 0 ? [n] : []));
  if (places.length === 0) return [];
  const missing = places.reduce((sum, n) => sum + (among[n] ?? 0), 0);
  return [
    `The source has no picture where ${missing === 1 ? 'one is' : `${missing} are`} due, first after frame ${places[0]} (counted from 0): those that follow keep their times. If it was recorded whole, copy it again.`,
  ];
}

/** What is said of empty slots behind the last picture. */
function endWarnings({ declared, video }: ProxyExpectation): string[] {
  const { emptySeconds } = declared;
  if (emptySeconds * rationalToNumber(video.timing.sourceRate) < 1) return [];
  return [
    `The source has no picture for its last ${emptySeconds.toFixed(2)} s. If it was recorded whole, copy it again.`,
  ];
}

/** What is said of a good proxy that has more than its source promises. FFmpeg may count a frame as dropped that it writes. */
export function surplusWarnings({ declared }: ProxyExpectation, counts: RunCounts): string[] {
  const { frameTimes, duplicatedFrames, droppedFrames } = counts;
  const stored = (frameTimes?.length ?? 0) - duplicatedFrames + droppedFrames;
  const more = stored - (declared.frames ?? stored);
  if (declared.promises.duration !== 'frames' || more <= Number(droppedFrames > 0)) return [];
  return [
    `The source stores ${more} ${more === 1 ? 'frame' : 'frames'} more than the length in its header (pre-roll or post-roll): the proxy has them too.`,
  ];
}

/** How many pictures there is room for before each but the first; those that were repeated are one. Of what a job makes fewer, nothing is missing. */
function holes(plan: ProxyExpectation, counts: RunCounts): number[] {
  if (plan.video.timing.mode === 'constant') return [];
  const rate = rationalToNumber(plan.video.timing.sourceRate);
  const times = distinct(shownTimes(plan, counts));
  return times.slice(1).map((time, n) => Math.round((time - (times[n] ?? time)) * rate) - 1);
}

/**
 * When each picture is to be shown, in seconds, in the order of the decoder; `null` where nothing was told, or where the source only counts
 * its pictures and their times are FFmpeg's guesses.
 */
export function shownTimes(
  { video: { clock } }: ProxyExpectation,
  { frameTimes, frameTick }: RunCounts,
): readonly number[] | null {
  if (frameTimes === null || clock?.constantRate != null) return null;
  return clock?.enforceMonotonicPts ? orderedTimes(frameTimes, frameTick) : frameTimes;
}

function distinct(times: readonly number[] | null): number[] {
  return times?.filter((time, n) => time !== times[n - 1]) ?? [];
}
