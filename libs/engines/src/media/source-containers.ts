/** A container that sources may have; every demuxer that FFmpeg is allowed is one row. */
export interface SourceContainer {
  /**
   * What its header promises of its length: `frames` a count; `duration` whole frames, by a duration; `rounded` a
   * duration in units of its own; `nothing` where a duration is a guess of the reader.
   */
  declares: 'frames' | 'duration' | 'rounded' | 'nothing';
}

/**
 * The demuxers a source may use: the containers that carry clips, and REDCODE's own. None of them can open a second
 * file or a socket. Left out on purpose are those that do (`hls`, `dash`, `concat`, `imf`, `sdp`, `vobsub`, `mlv`),
 * still images and their name patterns (`image2`, `*_pipe`), pure audio, and text that FFmpeg shows as video (`tty`).
 */
export const SOURCE_CONTAINERS = {
  mov: { declares: 'frames' },
  mxf: { declares: 'duration' },
  matroska: { declares: 'rounded' },
  avi: { declares: 'frames' },
  mpegts: { declares: 'nothing' },
  mpeg: { declares: 'nothing' },
  gxf: { declares: 'duration' },
  dv: { declares: 'duration' },
  r3d: { declares: 'rounded' },
} as const satisfies Record<string, SourceContainer>;

export type SourceFormat = keyof typeof SOURCE_CONTAINERS;
export const SOURCE_FORMATS = Object.keys(SOURCE_CONTAINERS) as readonly SourceFormat[];

/** The row of a format as ffprobe names it, by the first of its names; `null` for one that no source may have. */
export function sourceFormat(formatName: string): SourceFormat | null {
  const [first] = formatName.split(',');
  return SOURCE_FORMATS.find((name) => name === first) ?? null;
}
