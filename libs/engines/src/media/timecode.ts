import type { MediaInfo, VideoStream } from './media-info.ts';

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

/**
 * Start timecodes that a file keeps, the most specific first: on the picture, in a timecode track, on the container.
 */
export function startTimecodes(media: MediaInfo, video: VideoStream): string[] {
  const tracks = media.streams.filter((stream) => stream.kind === 'data');
  const found = [video, ...tracks, media].map(({ tags }) => tags['timecode']);
  return [...new Set(found.filter((timecode) => timecode !== undefined))];
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
