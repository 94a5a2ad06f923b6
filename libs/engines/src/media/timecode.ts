import type { MediaInfo, VideoStream } from './media-info.ts';
import { rationalToNumber, type Rational } from './rational.ts';

export interface Timecode {
  hours: number;
  minutes: number;
  seconds: number;
  frames: number;
  dropFrame: boolean;
}

/** Reads `01:02:03:04`, or `01:02:03;04` and `01:02:03.04` for drop-frame. */
export function parseTimecode(text: string): Timecode | null {
  const match = /^(\d{2}):(\d{2}):(\d{2})([:;.])(\d{2,3})$/.exec(text.trim());
  if (!match) return null;
  return {
    hours: Number(match[1]),
    minutes: Number(match[2]),
    seconds: Number(match[3]),
    frames: Number(match[5]),
    dropFrame: match[4] !== ':',
  };
}

export function formatTimecode(timecode: Timecode): string {
  const { hours, minutes, seconds, frames, dropFrame } = timecode;
  const clock = [hours, minutes, seconds].map(twoDigits).join(':');
  return `${clock}${dropFrame ? ';' : ':'}${twoDigits(frames)}`;
}

/** Start timecodes in a file, the most specific first: of the video stream, of a timecode track, of the container. */
export function startTimecodes(media: MediaInfo, video: VideoStream): string[] {
  const tracks = media.streams.filter((stream) => stream.kind === 'data');
  const found = [video, ...tracks, media].map(({ tags }) => tags['timecode']);
  return [...new Set(found.filter((timecode) => timecode !== undefined))];
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

const MINUTES_OF_A_DAY = 24 * 60;

/**
 * Timecode some frames after another, wrapping at midnight. Drop-frame skips the first two numbers of each minute at 30 frames a
 * second, four at 60, except in every tenth minute (SMPTE ST 12-1).
 *
 * @param rate frames per second; timecode counts at the nearest whole number.
 * @throws RangeError if the timecode doesn't exist at this rate, or the rate has no drop-frame.
 */
export function timecodeAfter(start: Timecode, frames: number, rate: Rational): Timecode {
  const base = Math.round(rationalToNumber(rate));
  const day = countOfDay(start.dropFrame, base);
  const count = (((countOf(start, base) + frames) % day) + day) % day;
  return timecodeOf(count, base, start.dropFrame);
}

/**
 * Frames from midnight to a timecode.
 *
 * @param rate frames per second.
 * @throws RangeError as {@link timecodeAfter} does.
 */
export function framesBefore(timecode: Timecode, rate: Rational): number {
  return countOf(timecode, Math.round(rationalToNumber(rate)));
}

/**
 * Parameters of counting timecode from a start: frames since midnight, frames per day, numbers per second, numbers that a minute
 * skips.
 */
export function timecodeCount(
  start: Timecode,
  rate: Rational,
): { count: number; day: number; base: number; dropped: number } {
  const base = Math.round(rationalToNumber(rate));
  return {
    count: countOf(start, base),
    day: countOfDay(start.dropFrame, base),
    base,
    dropped: droppedIn(base, start.dropFrame),
  };
}

function countOf(timecode: Timecode, base: number): number {
  const { hours, minutes, seconds, frames, dropFrame } = timecode;
  const dropped = droppedIn(base, dropFrame);
  if (frames >= base || seconds > 59 || minutes > 59 || hours > 23)
    throw new RangeError(`no such frame at ${base} frames a second`);
  const allMinutes = hours * 60 + minutes;
  const numbers = (allMinutes * 60 + seconds) * base + frames;
  return numbers - dropped * (allMinutes - Math.floor(allMinutes / 10));
}

function timecodeOf(count: number, base: number, dropFrame: boolean): Timecode {
  const dropped = droppedIn(base, dropFrame);
  const minute = 60 * base - dropped;
  const tenMinutes = 10 * minute + dropped;
  const tens = Math.floor(count / tenMinutes);
  const rest = count % tenMinutes;
  // The first minute of ten skips nothing.
  const ones = rest < 60 * base ? 0 : 1 + Math.floor((rest - 60 * base) / minute);
  const numbers = count + dropped * (9 * tens + ones);
  const seconds = Math.floor(numbers / base);
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    frames: numbers % base,
    dropFrame,
  };
}

function countOfDay(dropFrame: boolean, base: number): number {
  return MINUTES_OF_A_DAY * 60 * base - droppedIn(base, dropFrame) * MINUTES_OF_A_DAY * 0.9;
}

/** Numbers that a minute skips. */
function droppedIn(base: number, dropFrame: boolean): number {
  if (!dropFrame) return 0;
  if (base % 30 !== 0) throw new RangeError(`no drop-frame at ${base} frames a second`);
  return base / 15;
}

/**
 * The file with its start timecodes moved by some frames, which may be negative.
 *
 * @param rate rate at which the timecode counts.
 */
export function withTimecodeOffset(media: MediaInfo, frames: number, rate: Rational): MediaInfo {
  if (frames === 0) return media;
  const later = <T extends Pick<MediaInfo, 'tags'>>(part: T): T => {
    const timecode = offsetTimecode(part.tags['timecode'] ?? '', frames, rate);
    return timecode === null ? part : { ...part, tags: { ...part.tags, timecode } };
  };
  return { ...later(media), streams: media.streams.map(later) };
}

/** A written timecode, moved by some frames; `null` if the text is no timecode, or one that doesn't exist at this rate. */
export function offsetTimecode(text: string, frames: number, rate: Rational): string | null {
  const timecode = parseTimecode(text);
  if (timecode === null) return null;
  try {
    return formatTimecode(timecodeAfter(timecode, frames, rate));
  } catch {
    return null;
  }
}
