import { words } from '../media/index.ts';

/** A kind of file that is known and not a clip, with what its owner can do. */
export interface UnsupportedKind {
  kind: 'still' | 'sound' | 'list' | 'settings' | 'foreign';
  /** Completes "FILE is, by its extension, …". */
  what: string;
  remedy: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
}

/** What a refused file is, judging by its extension. It makes the sentence better; it never decides. */
export const UNSUPPORTED_KINDS: readonly UnsupportedKind[] = [
  {
    kind: 'still',
    what: 'a still image and not a clip',
    remedy: 'Make a clip of the images first.',
    extensions: words(
      '.jpg .jpeg .png .tif .tiff .bmp .webp .psd .tga .exr .dpx .cin .hdr .jp2 .j2k .j2c .jxl .svg ' +
        '.heic .heif .avif .cr2 .cr3 .nef .arw .raf .orf .rw2',
    ),
  },
  {
    kind: 'still',
    what: 'a GIF animation',
    remedy: 'Transcode it to a supported codec such as ProRes first.',
    extensions: words('.gif'),
  },
  {
    kind: 'sound',
    what: 'audio only',
    remedy: 'Name a source with video.',
    extensions: words('.wav .bwf .w64 .aif .aiff .caf .mp3 .m4a .aac .flac'),
  },
  {
    kind: 'list',
    what: 'a list of other files',
    remedy: 'Name the clips themselves as sources.',
    extensions: words('.m3u8 .m3u .mpd .ffconcat .sdp .edl .xml .fcpxml .aaf'),
  },
  {
    kind: 'settings',
    what: 'a file of settings and not a clip',
    remedy: 'Name the clip beside it: Resolve develops it by these settings.',
    extensions: words('.sidecar .rmd'),
  },
  {
    kind: 'foreign',
    what: 'a RAW format that is not among the supported ones',
    remedy: 'Transcode it with the software of the camera maker first.',
    extensions: words('.cine .mlv .rmf .gpr .krw'),
  },
];

/** `major_brand` of ISO media files that are still images though they open like clips (HEIF and AVIF). */
export const STILL_IMAGE_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'mif1',
  'mif2',
  'miaf',
  'avif',
]);
