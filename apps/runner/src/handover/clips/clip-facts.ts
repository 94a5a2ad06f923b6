import type { ClipResult } from '@app/jobspec';
import {
  formatTimecode,
  parseRational,
  parseTimecode,
  timecodeAfter,
  type Rational,
} from '@app/engines';
import { framesAdded } from '../../ffmpeg/run-ending.ts';

/** What lists say of a proxy, from the checks in its result. What a result doesn't tell is `null`. */
export interface ClipFacts {
  frames: number | null;
  /** Frames a second, exactly. */
  rate: Rational | null;
  /** Of the first frame; files without timecode begin at zero. */
  start: string | null;
  /** Of the frame after the last one, as editors count. */
  end: string | null;
  reel: string | null;
  /** `1920x1080`. */
  size: string | null;
  fieldOrder: string | null;
  /** Channels of all tracks of sound. */
  channels: number | null;
}

const NO_TIMECODE = '00:00:00:00';

/** Reads what was found in a proxy when it was verified. */
export function factsOf({
  verification,
  warnings,
}: Pick<ClipResult, 'verification' | 'warnings'>): ClipFacts {
  const found = new Map(verification.map(({ check, actual }) => [check, actual]));
  // A source that declares no number has them counted; both are of the source.
  const ofSource = numberOf(found.get('frame_count') ?? found.get('counted_frames'));
  const frames = ofSource === null ? null : ofSource + framesAdded(warnings);
  const rate = parseRational(textOf(found.get('frame_rate')) ?? '');
  const start = textOf(found.get('start_timecode')) ?? NO_TIMECODE;
  const channels = found.get('audio_channels');
  return {
    frames,
    rate,
    ...spanOf(start, frames, rate),
    reel: textOf(found.get('reel_name')),
    size: textOf(found.get('size')),
    fieldOrder: textOf(found.get('field_order')),
    channels: Array.isArray(channels)
      ? channels.reduce((sum: number, one) => sum + (numberOf(one) ?? 0), 0)
      : null,
  };
}

function spanOf(start: string, frames: number | null, rate: Rational | null) {
  const timecode = parseTimecode(start);
  if (timecode === null || frames === null || rate === null) return { start: null, end: null };
  try {
    const end = formatTimecode(timecodeAfter(timecode, frames, rate));
    return { start: formatTimecode(timecode), end };
  } catch (error) {
    if (error instanceof RangeError) return { start: null, end: null };
    throw error;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
