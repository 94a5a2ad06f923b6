import {
  explicitRate,
  formatRational,
  formatTimecode,
  type MediaInfo,
  parseFfprobe,
  parseTimecode,
  rationalToNumber,
} from '../media/index.ts';

/** Properties that Resolve reports for a clip: the keys are English, most values are text. */
export type ClipProperties = Readonly<Record<string, unknown>>;

/**
 * Maps Resolve's properties of a clip to a description like ffprobe's, so that its proxies are planned and verified in the same
 * way as FFmpeg's.
 *
 * @returns `null` when size, rate or length are missing.
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

/** A property as text; empty for none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/**
 * Start timecode as a tag. Some versions of Resolve write drop-frame timecode with a colon, and report in another property that
 * it is drop-frame.
 */
function timecodeTags(text: string, dropFrame: boolean): Record<string, string> {
  const timecode = parseTimecode(text);
  if (!timecode) return {};
  return { timecode: formatTimecode({ ...timecode, dropFrame: timecode.dropFrame || dropFrame }) };
}
