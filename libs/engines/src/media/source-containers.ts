/**
 * Video facts that a container's headers guarantee. Decoded frames are compared with them; packets that show as much or more
 * overrule them.
 */
export interface HeaderGuarantees {
  /** Unit of the frame count: `frames`, including hidden ones, or `slots`, which may be empty; `null` if there is no count. */
  count: 'frames' | 'slots' | null;
  /** Unit of the length: `time` or whole `frames`; `null` if there is no length and the demuxer guesses. */
  duration: 'time' | 'frames' | null;
  /** True if an index lists all frames, with the time to the next stored one. */
  index: boolean;
}

/** A container of sources; one for each demuxer that FFmpeg may use. */
export interface SourceContainer {
  guarantees: HeaderGuarantees;
  /**
   * Origin of PTS: `stored` with each frame; `counted` at a constant rate, so that all times but the first are the demuxer's guess;
   * `late`: counted in storage order, so that reordered frames seem late.
   */
  clock: 'stored' | 'counted' | 'late';
  /** True if it lists its streams at the start; otherwise one that begins late is found only by reading up to it. */
  listsStreams: boolean;
  /** Name in messages. */
  title: string;
  /** File extensions in lower case, with the dot: cameras have their own for common containers. */
  extensions: readonly string[];
}

const STORED = {
  guarantees: { count: null, duration: 'time', index: false },
  clock: 'stored',
  listsStreams: true,
  title: '',
  extensions: [],
} as const;
const STREAM = {
  ...STORED,
  guarantees: { count: null, duration: null, index: false },
} as const;
const COUNTED = {
  ...STORED,
  guarantees: { count: null, duration: 'frames', index: false },
  clock: 'counted',
} as const;

/**
 * Demuxers a source may use: the containers that carry clips, and REDCODE's own. None of them can open a second file or a socket.
 * Left out on purpose are those that do (`hls`, `dash`, `concat`, `imf`, `sdp`, `vobsub`, `mlv`), still images and their name
 * patterns (`image2`, `*_pipe`), pure audio, and text that FFmpeg shows as video (`tty`).
 */
export const SOURCE_CONTAINERS = {
  mov: {
    ...STORED,
    guarantees: { count: 'frames', duration: 'time', index: true },
    title: 'MOV or MP4',
    extensions: words('.mov .qt .mp4 .m4v .f4v .3gp .3g2 .mj2 .insv .360 .osv .braw .crm .nev'),
  },
  mxf: { ...COUNTED, title: 'MXF', extensions: words('.mxf') },
  matroska: { ...STORED, title: 'Matroska', extensions: words('.mkv .mk3d .webm') },
  avi: {
    ...STORED,
    guarantees: { count: 'slots', duration: 'time', index: true },
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

/** The source format for ffprobe's list of names, by the first of them; `null` if no source may have it. */
export function sourceFormat(formatName: string): SourceFormat | null {
  const [first] = formatName.split(',');
  return SOURCE_FORMATS.find((name) => name === first) ?? null;
}

/** The container for ffprobe's list of names; for any other format, properties that most containers have. */
export function sourceContainer(formatName: string): SourceContainer {
  const format = sourceFormat(formatName);
  return format === null ? STORED : SOURCE_CONTAINERS[format];
}

/** Splits a text at single spaces. */
export function words(text: string): readonly string[] {
  return text.split(' ');
}
