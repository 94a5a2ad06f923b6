import type { MediaInfo, MediaStream, VideoStream } from '../media/index.ts';

/** Timecode tracks: what they hold is carried as the start timecode. */
const TIMECODE_TAGS = new Set(['tmcd', 'TMCD']);

/** A sentence for each stream that no proxy holds: all but one picture, its sound and its timecode. */
export function leftOut(source: MediaInfo, video: VideoStream): string[] {
  return source.streams
    .filter((stream) => stream !== video && stream.kind !== 'audio')
    .filter(({ codecTag, tags }) => !TIMECODE_TAGS.has(codecTag) && tags['timecode'] === undefined)
    .map((stream) => `Stream ${stream.index}, ${nameOf(stream)}, is left out: a proxy has none.`);
}

function nameOf(stream: MediaStream): string {
  if (stream.isAttachedPicture) return 'a cover picture';
  if (stream.kind === 'video') return 'a second picture';
  const codec = stream.codecName ?? (stream.codecTag === '[0][0][0][0]' ? '' : stream.codecTag);
  const kind = stream.kind === 'unknown' ? 'an unknown track' : KINDS[stream.kind];
  return codec === '' ? kind : `${kind} (${codec})`;
}

const KINDS = {
  data: 'a data track',
  subtitle: 'subtitles',
  attachment: 'an attached file',
  audio: 'sound',
} as const;
