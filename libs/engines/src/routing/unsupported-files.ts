import type { Finding } from '@app/jobspec';
import { words } from '../media/index.ts';

/** A kind of file that is known and not a clip. */
export interface UnsupportedKind {
  finding: Finding;
  /** Completes "FILE is, by its extension, …". */
  what: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
}

/** What a refused file is, judging by its extension. It makes the sentence better; it never decides. */
export const UNSUPPORTED_KINDS: readonly UnsupportedKind[] = [
  {
    finding: 'still',
    what: 'a still image and not a clip',
    extensions: words(
      '.jpg .jpeg .png .tif .tiff .bmp .webp .psd .tga .exr .dpx .cin .hdr .jp2 .j2k .j2c .jxl .svg ' +
        '.heic .heif .avif .cr2 .cr3 .nef .arw .raf .orf .rw2',
    ),
  },
  {
    finding: 'still',
    what: 'a GIF animation',
    extensions: words('.gif'),
  },
  {
    finding: 'no_picture',
    what: 'audio only',
    extensions: words('.wav .bwf .w64 .aif .aiff .caf .mp3 .m4a .aac .flac'),
  },
  {
    finding: 'list',
    what: 'a list of other files',
    extensions: words('.m3u8 .m3u .mpd .ffconcat .sdp .edl .xml .fcpxml .aaf'),
  },
  {
    finding: 'settings',
    what: 'a file of settings and not a clip',
    extensions: words('.sidecar .rmd'),
  },
  {
    finding: 'raw_unknown',
    what: 'a RAW format that is not among the supported ones',
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
