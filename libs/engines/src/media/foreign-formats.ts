/**
 * Containers that FFmpeg can read and that sources may not have, so that a refusal can name them. Each reads one file
 * and no other.
 */
export const FOREIGN_FORMATS: Readonly<Record<string, string>> = {
  flv: 'Flash Video (FLV)',
  asf: 'Windows Media (ASF, WMV)',
  gxf: 'GXF',
  ogg: 'Ogg',
  nut: 'NUT',
  rm: 'RealMedia',
  ivf: 'IVF',
  wtv: 'Windows TV (WTV)',
  swf: 'Shockwave Flash',
  yuv4mpegpipe: 'YUV4MPEG',
  gif: 'GIF',
  apng: 'animated PNG',
  h264: 'bare H.264',
  hevc: 'bare H.265',
  vvc: 'bare H.266',
  obu: 'bare AV1',
  m4v: 'bare MPEG-4',
  mpegvideo: 'bare MPEG-1 or MPEG-2',
  wav: 'WAV',
  w64: 'Wave64',
  aiff: 'AIFF',
  caf: 'Core Audio (CAF)',
  flac: 'FLAC',
  mp3: 'MP3',
  aac: 'bare AAC',
  ac3: 'bare AC-3',
  eac3: 'bare E-AC-3',
  amr: 'AMR',
  au: 'AU',
};

/** Formats that only number their pictures, which Matroska doesn't take. */
export const UNTIMED_FORMATS: ReadonlySet<string> = new Set(['gxf']);

/** How FFmpeg gives times to a format without a clock. */
export interface BareFormat {
  /** Its options for the frame rate, which whoever wraps it has to know. */
  options: string;
  /** Whether it finds times for frames that are stored in another order than they are shown in. */
  timesReordered: boolean;
}

const BARE = { options: '-framerate RATE', timesReordered: false } as const;

/** Formats without a clock: what FFmpeg 7.1.5 makes of streams with and without B-frames. */
export const BARE_FORMATS: Readonly<Record<string, BareFormat>> = {
  h264: BARE,
  hevc: BARE,
  vvc: BARE,
  obu: BARE,
  m4v: { ...BARE, timesReordered: true },
  mpegvideo: { options: '-fflags +genpts -framerate RATE', timesReordered: true },
};
