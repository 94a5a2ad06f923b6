import type { MediaInfo } from './media-info.ts';
import type { Rational } from './rational.ts';
import { timecodeAfter } from './timecode-count.ts';
import { formatTimecode, parseTimecode } from './timecode.ts';

/**
 * The same file, whose first picture is so many frames later than its start timecode, which may be fewer than none.
 *
 * @param rate at which the timecode counts.
 */
export function withTimecodeLater(media: MediaInfo, frames: number, rate: Rational): MediaInfo {
  if (frames === 0) return media;
  const later = <T extends Pick<MediaInfo, 'tags'>>(part: T): T => {
    const timecode = laterBy(part.tags['timecode'], frames, rate);
    return timecode === null ? part : { ...part, tags: { ...part.tags, timecode } };
  };
  return { ...later(media), streams: media.streams.map(later) };
}

/** `null` where there is no such timecode. */
function laterBy(text: string | undefined, frames: number, rate: Rational): string | null {
  const timecode = parseTimecode(text ?? '');
  if (timecode === null) return null;
  try {
    return formatTimecode(timecodeAfter(timecode, frames, rate));
  } catch {
    return null;
  }
}
