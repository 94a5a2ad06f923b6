import {
  type AudioStream,
  explicitRate,
  formatRational,
  formatTimecode,
  type MediaInfo,
  parseTimecode,
  rationalToNumber,
  type VideoStream,
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
  const seconds = frames / rationalToNumber(rate);
  const video: VideoStream = {
    ...STREAM,
    index: 0,
    kind: 'video',
    durationSeconds: seconds,
    declaredFrames: frames,
    tags: timecodeTags(text('Start TC'), text('Drop frame') === '1'),
    width: Number(width),
    height: Number(height),
    frameRate: formatRational(rate),
    averageFrameRate: formatRational(rate),
    ...UNSAID,
  };
  const audio = ['', '0'].includes(text('Audio Ch'))
    ? []
    : [{ ...AUDIO, durationSeconds: seconds }];
  return {
    formatName: 'resolve',
    startSeconds: 0,
    durationSeconds: seconds,
    tags: { reel_name: text('Reel Name') },
    streams: [video, ...audio],
    programs: [],
  };
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

const STREAM = {
  codecName: null,
  codecTag: '',
  profile: null,
  startSeconds: 0,
  tickSeconds: null,
  packets: null,
  isAttachedPicture: false,
};

const UNSAID = {
  head: null,
  pixelFormat: null,
  sampleAspectRatio: null,
  reorderedFrames: null,
  fieldOrder: null,
  colorRange: null,
  colorPrimaries: null,
  colorTransfer: null,
  colorMatrix: null,
  rotationDegrees: 0,
  bitsPerRawSample: null,
  sideData: [],
};

const AUDIO: AudioStream = {
  ...STREAM,
  index: 1,
  kind: 'audio',
  dispositions: [],
  durationSeconds: null,
  declaredFrames: null,
  tags: {},
  sampleRate: null,
  channels: null,
  channelLayout: null,
};
