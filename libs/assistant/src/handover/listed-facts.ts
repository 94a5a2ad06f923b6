import type { ClipFacts } from '@app/jobspec/result';
import {
  formatTimecode,
  parseRational,
  parseTimecode,
  rationalToNumber,
  timecodeAfter,
  type Rational,
} from '@app/engines';

/** What lists say of a proxy. What its result doesn't tell is `null`. */
export interface ListedFacts {
  frames: number | null;
  /** Frames a second, exactly; `null` also for one that no timecode counts. */
  rate: Rational | null;
  /** How long it lasts, in frames of that rate: where the rate is variable, they are not as many as its pictures. */
  length: number | null;
  /** Of the first frame, as source and proxy have it. */
  timecode: string | null;
  /** The same; files without timecode begin at zero. */
  start: string | null;
  /** Of the frame after the last one, as editors count. */
  end: string | null;
  reel: string | null;
  /** `1920x1080`. */
  size: string | null;
  fieldOrder: string | null;
  /** Channels of all tracks of sound. */
  channels: number | null;
  /** Of a frame of the source, upright: `1080x1920`. */
  sourceSize: string | null;
  /** Of the sound of the source, in Hz. */
  sampleRate: number | null;
  /** As ffprobe names it, such as `prores`. */
  videoCodec: string | null;
  /** Whether it has the frames of its source, one for one; `null` when that isn't told. */
  isFrameForFrame: boolean | null;
}

/** Where the rate varies, ffprobe may take the clock of the file for it, such as 19,200. Timecode counts up to here (SMPTE ST 12-3). */
const MOST_FPS = 120;
const NO_TIMECODE = '00:00:00:00';

export function listedFacts(facts: ClipFacts): ListedFacts {
  const { source, made: frames } = facts.frames;
  const told = parseRational(facts.frame_rate ?? '');
  const rate = told !== null && rationalToNumber(told) <= MOST_FPS ? told : null;
  const seconds = facts.duration_seconds;
  const length =
    rate === null || seconds === null ? frames : Math.round(seconds * rationalToNumber(rate));
  return {
    frames,
    rate,
    length,
    timecode: facts.timecode,
    ...spanOf(facts.timecode ?? NO_TIMECODE, length, rate),
    reel: facts.reel,
    size: facts.size,
    fieldOrder: facts.field_order,
    channels: facts.audio_channels?.reduce((sum, one) => sum + one, 0) ?? null,
    sourceSize: facts.source_size ?? null,
    sampleRate: facts.source_sample_rate ?? null,
    videoCodec: facts.video_codec,
    isFrameForFrame: source === null || frames === null ? null : source === frames,
  };
}

function spanOf(start: string, length: number | null, rate: Rational | null) {
  const timecode = parseTimecode(start);
  if (timecode === null || length === null || rate === null) return { start: null, end: null };
  try {
    const end = formatTimecode(timecodeAfter(timecode, length, rate));
    return { start: formatTimecode(timecode), end };
  } catch (error) {
    if (error instanceof RangeError) return { start: null, end: null };
    throw error;
  }
}
