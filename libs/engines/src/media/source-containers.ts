import { words } from './words.ts';

/** A container that sources may have; every demuxer that FFmpeg is allowed is one row. */
export interface SourceContainer {
  /** What its header promises: a length in `time`, whole `frames` by a duration, or `nothing` where the reader guesses. */
  declares: 'time' | 'frames' | 'nothing';
  /**
   * How pictures get their times: `stored` with each; `counted` one by one at a constant rate, so that every other time
   * is the reader's guess; `late` counted in the order of storing, so that reordered pictures seem to come late.
   */
  clock: 'stored' | 'counted' | 'late';
  /**
   * What is to be believed when its header's count of pictures isn't what was decoded: an `index` that lists every
   * picture, hidden ones too; `slots` that may be empty and keep their time; `null` for the header.
   */
  frameCountFrom: 'index' | 'slots' | null;
  /** Whether it lists its streams at the start; else one that begins late is found only by reading up to there. */
  listsStreams: boolean;
  /** What its files are called, in lower case, with the dot: cameras have names of their own for common containers. */
  extensions: readonly string[];
}

const STORED = {
  declares: 'time',
  clock: 'stored',
  frameCountFrom: null,
  listsStreams: true,
  extensions: [],
} as const;
const STREAM = { ...STORED, declares: 'nothing' } as const;
const COUNTED = { ...STORED, declares: 'frames', clock: 'counted' } as const;

/**
 * The demuxers a source may use: the containers that carry clips, and REDCODE's own. None of them can open a second
 * file or a socket. Left out on purpose are those that do (`hls`, `dash`, `concat`, `imf`, `sdp`, `vobsub`, `mlv`),
 * still images and their name patterns (`image2`, `*_pipe`), pure audio, and text that FFmpeg shows as video (`tty`).
 */
export const SOURCE_CONTAINERS = {
  mov: {
    ...STORED,
    frameCountFrom: 'index',
    extensions: words('.mov .qt .mp4 .m4v .f4v .3gp .3g2 .mj2 .insv .360 .osv .braw .crm .nev'),
  },
  mxf: { ...COUNTED, extensions: words('.mxf') },
  matroska: { ...STORED, extensions: words('.mkv .mk3d .webm') },
  avi: { ...STORED, clock: 'late', frameCountFrom: 'slots', extensions: words('.avi .divx') },
  mpegts: { ...STREAM, extensions: words('.ts .m2ts .mts .m2t .tod .trp .tp') },
  mpeg: { ...STREAM, listsStreams: false, extensions: words('.mpg .mpeg .m2p .ps .vob .mod .evo') },
  dv: { ...COUNTED, extensions: words('.dv .dif') },
  r3d: { ...STORED, extensions: words('.r3d') },
} as const satisfies Record<string, SourceContainer>;

export type SourceFormat = keyof typeof SOURCE_CONTAINERS;
export const SOURCE_FORMATS = Object.keys(SOURCE_CONTAINERS) as readonly SourceFormat[];

/** The row of a format as ffprobe names it, by the first of its names; `null` for one that no source may have. */
export function sourceFormat(formatName: string): SourceFormat | null {
  const [first] = formatName.split(',');
  return SOURCE_FORMATS.find((name) => name === first) ?? null;
}

/** The row of a format as ffprobe names it; for one that no source may have, what most do. */
export function sourceContainer(formatName: string): SourceContainer {
  const format = sourceFormat(formatName);
  return format === null ? STORED : SOURCE_CONTAINERS[format];
}
