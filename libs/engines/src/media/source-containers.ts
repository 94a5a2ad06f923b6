/** What a header says of its picture. What is decoded is compared with it; where packets show as much or more, they know better. */
export interface Promises {
  /** Of what it has a count: of `pictures`, hidden ones too; of `slots`, which may be empty; `null` where it has none of its own. */
  count: 'pictures' | 'slots' | null;
  /** How it gives a length: in `time`, in whole `frames`; `null` where it gives none and the reader guesses. */
  duration: 'time' | 'frames' | null;
  /** Whether an index lists all of them, with the time to the next one that is stored. */
  index: boolean;
}

/** A container that sources may have; every demuxer that FFmpeg is allowed is one row. */
export interface SourceContainer {
  promises: Promises;
  /**
   * How pictures get their times: `stored` with each; `counted` one by one at a constant rate, so that every other time
   * is the reader's guess; `late` counted in the order of storing, so that reordered pictures seem to come late.
   */
  clock: 'stored' | 'counted' | 'late';
  /** Whether it lists its streams at the start; else one that begins late is found only by reading up to there. */
  listsStreams: boolean;
  /** What people call it. */
  title: string;
  /** What its files are called, in lower case, with the dot: cameras have names of their own for common containers. */
  extensions: readonly string[];
}

const STORED = {
  promises: { count: null, duration: 'time', index: false },
  clock: 'stored',
  listsStreams: true,
  title: '',
  extensions: [],
} as const;
const STREAM = {
  ...STORED,
  promises: { count: null, duration: null, index: false },
} as const;
const COUNTED = {
  ...STORED,
  promises: { count: null, duration: 'frames', index: false },
  clock: 'counted',
} as const;

/**
 * The demuxers a source may use: the containers that carry clips, and REDCODE's own. None of them can open a second
 * file or a socket. Left out on purpose are those that do (`hls`, `dash`, `concat`, `imf`, `sdp`, `vobsub`, `mlv`),
 * still images and their name patterns (`image2`, `*_pipe`), pure audio, and text that FFmpeg shows as video (`tty`).
 */
export const SOURCE_CONTAINERS = {
  mov: {
    ...STORED,
    promises: { count: 'pictures', duration: 'time', index: true },
    title: 'MOV or MP4',
    extensions: words('.mov .qt .mp4 .m4v .f4v .3gp .3g2 .mj2 .insv .360 .osv .braw .crm .nev'),
  },
  mxf: { ...COUNTED, title: 'MXF', extensions: words('.mxf') },
  matroska: { ...STORED, title: 'Matroska', extensions: words('.mkv .mk3d .webm') },
  avi: {
    ...STORED,
    promises: { count: 'slots', duration: 'time', index: true },
    clock: 'late',
    title: 'AVI',
    extensions: words('.avi .divx'),
  },
  mpegts: {
    ...STREAM,
    title: 'a transport stream',
    extensions: words('.ts .m2ts .mts .m2t .tod .trp .tp'),
  },
  mpeg: {
    ...STREAM,
    listsStreams: false,
    title: 'a program stream',
    extensions: words('.mpg .mpeg .m2p .ps .vob .mod .evo'),
  },
  dv: { ...COUNTED, title: 'bare DV', extensions: words('.dv .dif') },
  r3d: { ...STORED, title: 'REDCODE', extensions: words('.r3d') },
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

/** Words that are written with a space between each two. */
export function words(text: string): readonly string[] {
  return text.split(' ');
}
