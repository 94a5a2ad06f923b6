import {
  explicitRate,
  formatRational,
  formatTimecode,
  type MediaInfo,
  parseFfprobe,
  parseTimecode,
  rationalToNumber,
} from '../media/index.ts';

/** What Resolve says of a clip: the keys are English, most values are text. */
export type ClipProperties = Readonly<Record<string, unknown>>;

/**
 * Describes a clip by Resolve's words as ffprobe's would be, so that a proxy is planned and verified in one way only.
 *
 * @returns `null` when Resolve doesn't say how large, fast or long the clip is.
 */
export function resolveClip(properties: ClipProperties): MediaInfo | null {
  const text = (key: string) => textOf(properties[key]);
  const [, width, height] = /^(\d+)\s*x\s*(\d+)$/.exec(text('Resolution')) ?? [];
  const [fps, frames] = [Number(text('FPS')), Number(text('Frames'))];
  if (!width || !height || !(fps > 0) || !Number.isInteger(frames) || frames < 1) return null;
  const rate = explicitRate(fps);
  const length = { nb_frames: frames, duration: frames / rationalToNumber(rate) };
  const video = {
    codec_type: 'video',
    width: Number(width),
    height: Number(height),
    r_frame_rate: formatRational(rate),
    avg_frame_rate: formatRational(rate),
    tags: timecodeTags(text('Start TC'), text('Drop frame') === '1'),
    ...length,
  };
  const hasAudio = !['', '0'].includes(text('Audio Ch'));
  return parseFfprobe({
    format: {
      ...length,
      format_name: 'resolve',
      start_time: 0,
      tags: { reel_name: text('Reel Name') },
    },
    streams: hasAudio ? [video, { ...length, codec_type: 'audio' }] : [video],
  });
}

/** A value of Resolve's as text; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Some of Resolve's versions write drop-frame with a colon and say so elsewhere. */
function timecodeTags(text: string, dropFrame: boolean): Record<string, string> {
  const timecode = parseTimecode(text);
  if (!timecode) return {};
  return { timecode: formatTimecode({ ...timecode, dropFrame: timecode.dropFrame || dropFrame }) };
}
