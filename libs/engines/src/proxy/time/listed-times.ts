import type { ClipFacts } from '@app/jobspec';
import {
  formatTimecode,
  framesBefore,
  type MediaInfo,
  nominalRate,
  parseRational,
  parseTimecode,
  primaryVideo,
  type Rational,
  rationalToNumber,
  reduceRational,
  sourceRate,
  startTimecodes,
  type Timecode,
  timecodeAfter,
} from '../../media/index.ts';
import { sourceReel } from './start-timecode.ts';

/** Facts by which a list of an editing system may identify a clip, beside its name; `null` for unknown ones. */
interface ClipTimes {
  reel: string | null;
  /** Timecode of its first frame. */
  start: string | null;
  rate: Rational | null;
  seconds: number | null;
}

/** Reel and times of a source, from its header. */
export function clipTimes(media: MediaInfo | null): ClipTimes {
  const video = media && primaryVideo(media);
  if (media === null || video === null)
    return { reel: null, start: null, rate: null, seconds: null };
  return {
    reel: sourceReel(media, video),
    start: startTimecodes(media, video)[0] ?? null,
    rate: sourceRate(video)?.rate ?? null,
    seconds: media.durationSeconds,
  };
}

/** In seconds. */
const DAY = 24 * 60 * 60;

/** True if a list's timecodes, the end exclusive, overlap a clip; `null` if the list or the clip has none. */
export function overlap(
  { start, end }: { start: string | null; end: string | null },
  clip: ClipTimes,
): boolean | null {
  const [from, own] = [parseTimecode(start ?? ''), parseTimecode(clip.start ?? '')];
  if (from === null || own === null || clip.rate === null || clip.seconds === null) return null;
  const base = nominalRate(clip.rate);
  const ownFrom = secondsOf(own, base);
  // At 23.976 frames per second, for example, non-drop timecode runs slower than a clock.
  const pace = own.dropFrame ? 1 : rationalToNumber(clip.rate) / base;
  const ownTo = ownFrom + clip.seconds * pace;
  const listedFrom = secondsOf(from, base);
  const to = parseTimecode(end ?? '');
  const until = to === null ? listedFrom : secondsOf(to, base);
  const listedTo = until < listedFrom ? until + DAY : until;
  return [-DAY, 0, DAY].some((day) => {
    const [first, last] = [listedFrom + day, listedTo + day];
    return first < ownTo && (last > ownFrom || (first === last && first >= ownFrom));
  });
}

/** Seconds of the day, as timecode counts them. */
function secondsOf({ hours, minutes, seconds, frames }: Timecode, base: number): number {
  return hours * 3600 + minutes * 60 + seconds + Math.min(frames / base, 1);
}

/**
 * Highest rate at which timecode counts (SMPTE ST 12-3). For a variable rate, ffprobe may report the clock of the file, such as
 * 19,200.
 */
const MAX_TIMECODE_FPS = 120;
const NO_TIMECODE = '00:00:00:00';

/** Start and end of a proxy for lists, from its result. Unknown values are `null`. */
export function listedTimes(facts: ClipFacts) {
  const rate = countableRate(facts.frame_rate ?? '');
  const fps = rate && rationalToNumber(rate);
  const seconds = facts.duration_seconds;
  const length = fps === null || seconds === null ? facts.frames.made : Math.round(seconds * fps);
  const span = rate && length !== null ? spanOf(facts.timecode ?? NO_TIMECODE, length, rate) : null;
  return {
    /** Exact frame rate; `null` also for a rate at which timecode doesn't count. */
    rate,
    /** The same as a number. */
    fps,
    /** Duration in frames at that rate; with a variable rate, not the number of its frames. */
    length,
    /** Timecode of the first frame; files without timecode begin at zero. */
    start: span?.start ?? null,
    /** Timecode of the frame after the last one, as editors count. */
    end: span?.end ?? null,
    /** Frames from midnight to the start; start and length in seconds. */
    exact: span?.exact ?? null,
  };
}

function countableRate(text: string): Rational | null {
  const rate = parseRational(text);
  return rate !== null && rationalToNumber(rate) <= MAX_TIMECODE_FPS ? rate : null;
}

/** Timecodes of a span; `null` if the text is no timecode at that rate. */
function spanOf(text: string, length: number, rate: Rational) {
  const start = parseTimecode(text);
  if (start === null) return null;
  const seconds = (frames: number) =>
    reduceRational({ numerator: frames * rate.denominator, denominator: rate.numerator });
  try {
    const first = framesBefore(start, rate);
    return {
      start: formatTimecode(start),
      end: formatTimecode(timecodeAfter(start, length, rate)),
      exact: {
        first,
        start: seconds(first),
        length: seconds(length),
        isDropFrame: start.dropFrame,
      },
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
