/**
 * One camera RAW format. A clip is of this format when its codec tag or codec name is listed; the extension alone
 * decides only where `byExtension` says so.
 */
export interface RawFormat {
  /** The name that results use, as in `Source codec 'redcode' requires DaVinci Resolve`. */
  codec: string;
  title: string;
  cameras: string;
  /** Lower case, with the dot. */
  extensions: readonly string[];
  /**
   * When the extension decides:
   * `always`: FFmpeg can't open these frames, or opens them and gives an undeveloped or wrong picture;
   * `unreadable`: when ffprobe can't open the file, or sees a video stream it doesn't know in it;
   * `never`: the container also carries codecs that FFmpeg decodes.
   */
  byExtension: 'always' | 'unreadable' | 'never';
  /** MOV sample entries, as ffprobe prints them. */
  codecTags?: readonly string[];
  /** Names that FFmpeg gives the codec, in versions that know it. */
  codecNames?: readonly string[];
  /** A demuxer of its own, whatever codec name it gives. */
  demuxer?: string;
  /** How FFmpeg's names of its undeveloped pixels begin. */
  pixelFormatPrefix?: string;
  recognition: string;
}

/** What a clip is called whose codec FFmpeg doesn't know and whose format nothing else gives away. */
export const UNKNOWN_CODEC = 'unknown';

/** Every camera RAW format that goes to DaVinci Resolve. */
export const RAW_FORMATS: readonly RawFormat[] = [
  {
    codec: 'arriraw',
    title: 'ARRIRAW frames',
    cameras: 'ALEXA, ALEXA Mini; packed by Codex HDE as .arx',
    extensions: ['.ari', '.arx'],
    byExtension: 'always',
    recognition: 'extension, or a folder of such frames',
  },
  {
    codec: UNKNOWN_CODEC,
    title: 'ARRIRAW, ARRICORE in MXF',
    cameras: 'ALEXA Mini, Mini LF, ALEXA 35, 35 Xtreme, ALEXA 265',
    extensions: ['.mxf'],
    byExtension: 'never',
    recognition: 'MXF video whose codec FFmpeg does not know',
  },
  {
    codec: 'redcode',
    title: 'REDCODE RAW, R3D NE',
    cameras: 'RED; Nikon ZR',
    extensions: ['.r3d'],
    byExtension: 'unreadable',
    codecTags: ['NR3D'],
    demuxer: 'r3d',
    recognition: 'extension when unreadable, demuxer r3d, or codec tag',
  },
  {
    codec: 'braw',
    title: 'Blackmagic RAW',
    cameras: 'Pocket Cinema Camera, URSA, URSA Cine, PYXIS',
    extensions: ['.braw'],
    byExtension: 'unreadable',
    codecTags: ['brxq', 'brst', 'brhq', 'brlt', 'brvl', 'brvm', 'brvn'],
    recognition: 'codec tag, or extension when unreadable',
  },
  {
    codec: UNKNOWN_CODEC,
    title: 'Sony X-OCN, Sony RAW',
    cameras: 'VENICE, BURANO, F55, F65',
    extensions: ['.mxf'],
    byExtension: 'never',
    recognition: 'MXF video whose codec FFmpeg does not know',
  },
  {
    codec: 'canon_raw',
    title: 'Canon Cinema RAW Light',
    cameras: 'C70, C80, C200, C300 III, C400, C500 II, R5 C, R5 II',
    extensions: ['.crm'],
    byExtension: 'unreadable',
    codecTags: ['CRAW'],
    recognition: 'codec tag, or extension when unreadable',
  },
  {
    codec: 'v-raw',
    title: 'Panasonic V-RAW',
    cameras: 'VariCam',
    extensions: ['.vraw', '.vrw'],
    byExtension: 'always',
    recognition: 'extension, or a folder of such frames',
  },
  {
    codec: 'nraw',
    title: 'Nikon N-RAW',
    cameras: 'Z6 III, Z8, Z9, ZR',
    extensions: ['.nev'],
    byExtension: 'unreadable',
    codecTags: ['NRAW'],
    recognition: 'codec tag (in .nev and .mov), or extension when unreadable',
  },
  {
    codec: 'cinema_dng',
    title: 'CinemaDNG, DJI RAW frames',
    cameras: 'DJI Zenmuse X5R, X7; others',
    extensions: ['.dng'],
    byExtension: 'always',
    recognition: 'extension, or a folder of such frames',
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
    recognition: 'codec tag or codec name; FFmpeg 8 decodes it, without developing it',
  },
  {
    codec: 'bayer',
    title: 'Other undeveloped sensor data',
    cameras: 'any',
    extensions: [],
    byExtension: 'never',
    pixelFormatPrefix: 'bayer_',
    recognition: 'pixel format `bayer_*`',
  },
];
