import type { Finding } from '@app/jobspec';
import { SOURCE_CONTAINERS, words } from '../media/index.ts';

/**
 * A camera RAW format. It is recognised by codec tag, codec name, demuxer or pixel format; by the extension alone only as
 * `byExtension` says.
 */
export interface RawFormat {
  /** Name in results, as in `Source codec 'redcode' requires DaVinci Resolve`. */
  codec: string;
  title: string;
  cameras: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
  /**
   * Cases in which the extension decides:
   * `always`: FFmpeg can't open these frames, or gives an undeveloped or wrong picture;
   * `unreadable`: ffprobe can't open the file, or doesn't know the codec of its video;
   * `never`: the container also carries codecs that FFmpeg decodes.
   */
  byExtension: 'always' | 'unreadable' | 'never';
  /** MOV sample entries, as ffprobe prints them. */
  codecTags?: readonly string[];
  /** FFmpeg's names for the codec, in versions that know it. */
  codecNames?: readonly string[];
  /** FFmpeg's demuxer for this format only, whatever codec name it reports. */
  demuxer?: string;
  /** Prefix of FFmpeg's names for its undeveloped pixel formats. */
  pixelFormatPrefix?: string;
}

/** Codec name of a clip whose codec FFmpeg doesn't know and whose format nothing else identifies. */
export const UNKNOWN_CODEC = 'unknown';

/** Every camera RAW format that goes to DaVinci Resolve. */
export const RAW_FORMATS: readonly RawFormat[] = [
  {
    codec: 'arriraw',
    title: 'ARRIRAW frames',
    cameras: 'ALEXA, ALEXA Mini; packed by Codex HDE as .arx',
    extensions: ['.ari', '.arx'],
    byExtension: 'always',
  },
  {
    codec: UNKNOWN_CODEC,
    title: 'ARRIRAW, ARRICORE, Sony X-OCN, Sony RAW in MXF',
    cameras: 'ALEXA Mini, Mini LF, 35, 35 Xtreme, 265; VENICE, BURANO, F55, F65',
    extensions: ['.mxf'],
    byExtension: 'never',
  },
  {
    codec: 'redcode',
    title: 'REDCODE RAW, R3D NE',
    cameras: 'RED; Nikon ZR',
    extensions: ['.r3d'],
    byExtension: 'unreadable',
    codecTags: ['NR3D'],
    demuxer: 'r3d',
  },
  {
    codec: 'braw',
    title: 'Blackmagic RAW',
    cameras: 'Pocket Cinema Camera, URSA, URSA Cine, PYXIS',
    extensions: ['.braw'],
    byExtension: 'unreadable',
    codecTags: ['brxq', 'brst', 'brhq', 'brlt', 'brvl', 'brvm', 'brvn'],
  },
  {
    codec: 'canon_raw',
    title: 'Canon Cinema RAW Light',
    cameras: 'C70, C80, C200, C300 III, C400, C500 II, R5 C, R5 II',
    extensions: ['.crm'],
    byExtension: 'unreadable',
    codecTags: ['CRAW'],
  },
  {
    codec: 'v-raw',
    title: 'Panasonic V-RAW',
    cameras: 'VariCam',
    extensions: ['.vraw', '.vrw'],
    byExtension: 'always',
  },
  {
    codec: 'nraw',
    title: 'Nikon N-RAW',
    cameras: 'Z6 III, Z8, Z9, ZR',
    extensions: ['.nev'],
    byExtension: 'unreadable',
    codecTags: ['NRAW'],
  },
  {
    codec: 'cinema_dng',
    title: 'CinemaDNG, DJI RAW frames',
    cameras: 'DJI Zenmuse X5R, X7; others',
    extensions: ['.dng'],
    byExtension: 'always',
  },
  {
    codec: 'prores_raw',
    title: 'ProRes RAW, ProRes RAW HQ',
    cameras:
      'DJI Inspire 3, Ronin 4D; Nikon Z6 III, Z8, Z9; Panasonic S1 II, GH7; external recorders',
    extensions: ['.mov'],
    byExtension: 'never',
    codecTags: ['aprn', 'aprh'],
    codecNames: ['prores_raw'],
  },
  {
    codec: 'bayer',
    title: 'Other undeveloped sensor data',
    cameras: 'any',
    extensions: [],
    byExtension: 'never',
    pixelFormatPrefix: 'bayer_',
  },
];

/** Video codecs that FFmpeg decodes and that sources may use. */
export interface StandardCodecs {
  title: string;
  /** FFmpeg's names. */
  names: readonly string[];
  notes?: string;
}

const standard = (title: string, names: string, notes?: string): StandardCodecs => ({
  title,
  names: words(names),
  ...(notes !== undefined && { notes }),
});

/** Every codec that goes to FFmpeg; each has a decoder in FFmpeg 7.1. Any other codec that FFmpeg knows is refused. */
export const STANDARD_CODECS: readonly StandardCodecs[] = [
  standard('Apple ProRes', 'prores', 'Proxy to 4444 XQ; ProRes RAW is another codec'),
  standard('Avid DNxHD, DNxHR, Meridien, 1:1 10-bit RGB', 'dnxhd avui avrp'),
  standard('GoPro CineForm', 'cfhd'),
  standard('H.264', 'h264', 'XAVC, AVC-Intra and XF-AVC too'),
  standard('H.265, HEVC', 'hevc', 'XAVC HS and XF-HEVC too'),
  standard('H.266, AV1, VP8, VP9', 'vvc av1 vp8 vp9'),
  standard('MPEG-1, MPEG-2', 'mpeg1video mpeg2video', 'XDCAM, IMX and XF too'),
  standard('MPEG-4 part 2, H.263', 'mpeg4 h263'),
  standard('VC-1, Windows Media Video 9', 'vc1 wmv3'),
  standard('Theora, Dirac, VC-2', 'theora dirac'),
  standard('DV, DVCPRO, DVCPRO HD', 'dvvideo'),
  standard('JPEG 2000', 'jpeg2000', 'in MXF or MOV; in a REDCODE file it is RAW'),
  standard('Motion JPEG, PNG', 'mjpeg png', 'in a clip, not a single image'),
  standard('QuickTime Animation, Apple Intermediate Codec, Pixlet', 'qtrle aic pixlet'),
  standard('Uncompressed', 'rawvideo v210 v308 v408 v410 r210 r10k', 'not when undeveloped'),
  standard('FFV1, HuffYUV, Ut Video', 'ffv1 huffyuv ffvhuff utvideo'),
  standard('MagicYUV, SheerVideo', 'magicyuv sheervideo'),
  standard('Canopus HQ, HQA, HQX', 'hq_hqa hqx'),
  standard('Hap, Resolume DXV, NotchLC, NewTek SpeedHQ', 'hap dxv notchlc speedhq'),
];

const STANDARD_NAMES = new Set(STANDARD_CODECS.flatMap(({ names }) => names));

/** @param codec FFmpeg's name; `null` where it has none. */
export function isStandardCodec(codec: string | null): codec is string {
  return codec !== null && STANDARD_NAMES.has(codec);
}

/** A known kind of file that isn't a clip. */
export interface UnsupportedKind {
  finding: Finding;
  /** Completes "FILE is, by its extension, …". */
  title: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
}

/** Kinds of refused files, by extension. They only make the message clearer; the file would be refused without them. */
export const UNSUPPORTED_KINDS: readonly UnsupportedKind[] = [
  {
    finding: 'still',
    title: 'a still image and not a clip',
    extensions: words(
      '.jpg .jpeg .png .tif .tiff .bmp .webp .psd .tga .exr .dpx .cin .hdr .jp2 .j2k .j2c .jxl .svg ' +
        '.heic .heif .avif .cr2 .cr3 .nef .arw .raf .orf .rw2',
    ),
  },
  {
    finding: 'still',
    title: 'a GIF animation',
    extensions: words('.gif'),
  },
  {
    finding: 'no_picture',
    title: 'audio only',
    extensions: words('.wav .bwf .w64 .aif .aiff .caf .mp3 .m4a .aac .flac'),
  },
  {
    finding: 'list',
    title: 'a list of other files',
    extensions: words('.m3u8 .m3u .mpd .ffconcat .sdp .edl .xml .fcpxml .aaf'),
  },
  {
    finding: 'settings',
    title: 'a file of settings and not a clip',
    extensions: words('.sidecar .rmd'),
  },
  {
    finding: 'container_unknown',
    title: 'in a container that isn’t accepted',
    extensions: words('.flv .wmv .asf .ogv'),
  },
  {
    finding: 'raw_unknown',
    title: 'a RAW format that is not among the supported ones',
    extensions: words('.cine .mlv .rmf .gpr .krw'),
  },
];

/** `major_brand` of ISO media files that are still images though they open like clips (HEIF and AVIF). */
export const STILL_IMAGE_BRANDS: ReadonlySet<string> = new Set(
  words('heic heix heim heis mif1 mif2 miaf avif'),
);

/**
 * File extensions, in lower case with the dot.
 *
 * @param kind `clip` for the containers that are accepted, else a kind of known files that aren't clips.
 */
export function extensionsOf(kind: 'clip' | Finding): readonly string[] {
  const rows =
    kind === 'clip'
      ? Object.values(SOURCE_CONTAINERS)
      : UNSUPPORTED_KINDS.filter(({ finding }) => finding === kind);
  return rows.flatMap(({ extensions }) => extensions);
}
