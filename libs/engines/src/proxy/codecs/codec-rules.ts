import type { Codec } from '@app/jobspec';

/** What an encoder can do and how it is set; every codec of the contract is one row. */
export interface CodecRule {
  /** FFmpeg's encoder. */
  encoder: string;
  /** Quality and speed; nothing here depends on the source. */
  options: readonly string[];
  /** The codec's name as ffprobe reports it. */
  reads: string;
  /** The profile as ffprobe reports it; `null` where it follows from other settings. */
  profile: string | null;
  /** Pixel formats by need, first match wins; see `pixelFormat`. */
  pixels: { standard: string; deep?: string; hdr?: string; alpha?: string };
  /** Pixel formats that are read back under another name. */
  readAs?: Readonly<Record<string, string>>;
  /** Whether it keeps two fields in a frame. */
  interlaced: boolean;
  /** Whether full range can be said and therefore kept. */
  fullRange: boolean;
  /** True for codecs with frames that depend on others: they get a key frame every half second. */
  interFrame: boolean;
  /** Whether its own bitstream says how it is coloured, whatever the container holds. */
  saysColour: boolean;
  /** The colour matrices that it can say; all, unless named. */
  matrices?: readonly string[];
  /** The matrix that it is read by where it says none: a picture that is coded by another one is converted. */
  impliedMatrix?: string;
  /** The sample entry in MOV and MP4 where FFmpeg's own choice is not what players expect. */
  tag?: string;
  /** Smallest size that the encoder takes. */
  minimum?: { width: number; height: number };
}

const PRORES = {
  encoder: 'prores_ks',
  reads: 'prores',
  pixels: { standard: 'yuv422p10le' },
  interlaced: true,
  fullRange: false,
  interFrame: false,
  saysColour: false,
} as const;

/** One encoder, and one way to be read: by BT.709, unless it says BT.2020. */
const DNX = {
  encoder: 'dnxhd',
  options: [],
  reads: 'dnxhd',
  profile: null,
  fullRange: false,
  interFrame: false,
  saysColour: false,
  matrices: ['bt709', 'bt2020nc'],
  impliedMatrix: 'bt709',
} as const;

const HEVC: CodecRule = {
  encoder: 'libx265',
  options: '-preset fast -crf 23 -bf 0'.split(' '),
  reads: 'hevc',
  profile: null,
  pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
  interlaced: false,
  fullRange: true,
  interFrame: true,
  saysColour: true,
  // Apple's players read no other.
  tag: 'hvc1',
  minimum: { width: 16, height: 16 },
};

/** `vendor apl0` is what other programs expect of ProRes; FFmpeg's own name makes some of them warn. */
const proresOptions = (profile: string) => ['-profile:v', profile, '-vendor', 'apl0'];

export const CODEC_RULES: Record<Codec, CodecRule> = {
  prores_proxy: { ...PRORES, options: proresOptions('proxy'), profile: 'Proxy' },
  prores_lt: { ...PRORES, options: proresOptions('lt'), profile: 'LT' },
  prores_standard: { ...PRORES, options: proresOptions('standard'), profile: 'Standard' },
  prores_hq: { ...PRORES, options: proresOptions('hq'), profile: 'HQ' },
  prores_4444: {
    ...PRORES,
    options: proresOptions('4444'),
    profile: '4444',
    pixels: { standard: 'yuv444p10le', alpha: 'yuva444p10le' },
    // The bitstream doesn't say how deep it is; FFmpeg reads all of ProRes 4444 as 12 bit.
    readAs: { yuv444p10le: 'yuv444p12le', yuva444p10le: 'yuva444p12le' },
  },
  h264: {
    encoder: 'libx264',
    options: '-preset fast -crf 20 -bf 0'.split(' '),
    reads: 'h264',
    profile: null,
    pixels: { standard: 'yuv420p' },
    interlaced: true,
    fullRange: true,
    interFrame: true,
    saysColour: true,
  },
  h265: HEVC,
  hevc: HEVC,
  dnxhd: { ...DNX, pixels: { standard: 'yuv422p' }, interlaced: true },
  dnxhr: {
    ...DNX,
    pixels: { standard: 'yuv422p', hdr: 'yuv422p10le' },
    interlaced: false,
    minimum: { width: 256, height: 120 },
  },
  vp9: {
    encoder: 'libvpx-vp9',
    options: '-deadline good -cpu-used 5 -row-mt 1 -crf 32 -b:v 0'.split(' '),
    reads: 'vp9',
    profile: null,
    pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
    interlaced: false,
    fullRange: true,
    interFrame: true,
    saysColour: false,
    matrices: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
  },
  av1: {
    encoder: 'libsvtav1',
    options: '-preset 9 -crf 30'.split(' '),
    reads: 'av1',
    profile: null,
    pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
    interlaced: false,
    fullRange: true,
    interFrame: true,
    saysColour: false,
    minimum: { width: 64, height: 64 },
  },
};
