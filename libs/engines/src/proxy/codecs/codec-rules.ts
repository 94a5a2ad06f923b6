import { forEachName } from '@app/jobspec';
import type { FrameSize } from '../plan/proxy-plan.ts';

/**
 * Abilities and settings of an encoder, one for each codec of the contract. An absent field is something that it doesn't have or
 * need.
 */
export interface CodecRule {
  /** FFmpeg's encoder. */
  encoder: string;
  /** Options for quality and speed; none depends on the source. */
  options: readonly string[];
  /** Codec name as ffprobe reports it. */
  reads: string;
  /** Profile as ffprobe reports it; absent if it follows from other settings. */
  profile?: string;
  /** Pixel formats by need, first match wins; see `pixelFormat`. */
  pixels: { standard: string; deep?: string; hdr?: string; alpha?: string };
  /** Pixel formats that are read back under another name. */
  readAs?: Readonly<Record<string, string>>;
  /** True if it codes interlaced frames. */
  interlaced: boolean;
  /** True if it can signal full range, and therefore keep it. */
  fullRange: boolean;
  /** True for codecs with inter frames: they get a key frame every half second. */
  interFrame: boolean;
  /** Limits for comparing content, as strict as its loss at these settings allows. */
  limits: LossLimits;
  /** ProRes quantisers. */
  prores?: ProresRule;
  /** True if its bitstream carries colour tags, whatever the container holds. */
  tagsColour?: true;
  /** Matrices that it can signal; absent for all. */
  matrices?: readonly string[];
  /**
   * Matrix that readers assume without a tag; frames in a matrix that can't be signalled are converted to it. Absent if readers
   * assume none.
   */
  impliedMatrix?: string;
  /** Sample entry in MOV and MP4 if players expect another than FFmpeg's choice. */
  tag?: string;
  /** Smallest frame size of the encoder; absent for any. */
  minimum?: { width: number; height: number };
}

/** Limits for the loss of a codec, each beyond what was measured in healthy clips of 45 kinds. */
export interface LossLimits {
  /**
   * Levels by which a frame must differ from its own source frame before it may count as a neighbour of that: inter codecs skip
   * small changes.
   */
  likeness: number;
  /**
   * Levels by which a tile must differ from its source before it is compared with neighbouring frames. Largest measured: 6.3, a
   * screen recording in H.264.
   */
  lateLevels: number;
}

/** See `ffmpeg/prores`. */
export interface ProresRule {
  /** Quantisers to try, up to the one that a clip full of grain needs, and close enough together to interpolate sizes. */
  quantisers: readonly number[];
  /**
   * Most bits per macroblock for the search, by frame size: Apple's data rates from FFmpeg's `proresenc_kostya.c`. Pure noise
   * measures up to 12 % more.
   */
  mostBits: readonly number[];
}

const FINE = [1, 2, 3, 5, 8, 12, 16, 20, 27];

/** Limits of codecs with inter frames. */
const INTER_LIMITS: LossLimits = {
  likeness: 1.2,
  lateLevels: 8,
};
/** Limits of intra codecs, in which no part of a frame depends on another frame. */
const INTRA_LIMITS: LossLimits = { likeness: 0.8, lateLevels: 3 };
const PRORES = {
  limits: INTRA_LIMITS,
  encoder: 'prores_ks',
  reads: 'prores',
  pixels: { standard: 'yuv422p10le' },
  interlaced: true,
  fullRange: false,
  interFrame: false,
} as const;

/** DNxHD and DNxHR: one encoder, read as BT.709 unless tagged BT.2020. */
const DNX = {
  limits: INTRA_LIMITS,
  encoder: 'dnxhd',
  options: [],
  reads: 'dnxhd',
  fullRange: false,
  interFrame: false,
  matrices: ['bt709', 'bt2020nc'],
  impliedMatrix: 'bt709',
} as const;

/** Codecs with inter frames: eight bits, or ten for sources with more. */
const INTER = {
  limits: INTER_LIMITS,
  pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
  interlaced: false,
  fullRange: true,
  interFrame: true,
} as const;

/** `vendor apl0` is what other programs expect of ProRes; with FFmpeg's own vendor name, some of them warn. */
const proresOptions = (profile: string) => ['-profile:v', profile, '-vendor', 'apl0'];

export const CODEC_RULES = forEachName<CodecRule>({
  prores_proxy: {
    ...PRORES,
    options: proresOptions('proxy'),
    profile: 'Proxy',
    prores: {
      quantisers: [4, 6, 9, 13, 16, 19, 23, 28, 34, 42, 63],
      mostBits: [300, 242, 220, 194],
    },
  },
  prores_lt: {
    ...PRORES,
    options: proresOptions('lt'),
    profile: 'LT',
    prores: { quantisers: FINE, mostBits: [720, 560, 490, 440] },
  },
  prores_standard: {
    ...PRORES,
    options: proresOptions('standard'),
    profile: 'Standard',
    prores: { quantisers: FINE, mostBits: [1050, 808, 710, 632] },
  },
  prores_hq: {
    ...PRORES,
    options: proresOptions('hq'),
    profile: 'HQ',
    prores: { quantisers: FINE, mostBits: [1566, 1216, 1070, 950] },
  },
  prores_4444: {
    ...PRORES,
    options: proresOptions('4444'),
    profile: '4444',
    prores: { quantisers: FINE, mostBits: [2350, 1828, 1600, 1425] },
    pixels: { standard: 'yuv444p10le', alpha: 'yuva444p10le' },
    // The bitstream doesn't carry its bit depth; FFmpeg reads all of ProRes 4444 as 12 bit.
    readAs: { yuv444p10le: 'yuv444p12le', yuva444p10le: 'yuva444p12le' },
  },
  h264: {
    ...INTER,
    encoder: 'libx264',
    options: '-preset fast -crf 20 -bf 0'.split(' '),
    reads: 'h264',
    pixels: { standard: 'yuv420p' },
    interlaced: true,
    tagsColour: true,
  },
  h265: {
    ...INTER,
    encoder: 'libx265',
    options: '-preset fast -crf 23 -bf 0'.split(' '),
    reads: 'hevc',
    tagsColour: true,
    // Apple's players read no other sample entry.
    tag: 'hvc1',
    minimum: { width: 16, height: 16 },
  },
  dnxhd: { ...DNX, pixels: { standard: 'yuv422p' }, interlaced: true },
  dnxhr: {
    ...DNX,
    pixels: { standard: 'yuv422p', hdr: 'yuv422p10le' },
    interlaced: false,
    minimum: { width: 256, height: 120 },
  },
  vp9: {
    ...INTER,
    encoder: 'libvpx-vp9',
    options: '-deadline good -cpu-used 5 -row-mt 1 -crf 32 -b:v 0'.split(' '),
    reads: 'vp9',
    matrices: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
  },
  av1: {
    ...INTER,
    encoder: 'libsvtav1',
    options: '-preset 9 -crf 30'.split(' '),
    reads: 'av1',
    minimum: { width: 64, height: 64 },
  },
});

/** A frame format of DNxHD with its smallest profile, 8 bit 4:2:2. */
interface DnxhdRaster extends FrameSize {
  interlaced: boolean;
  /** Key by which FFmpeg picks the profile; the real rate follows from the frame rate. */
  bitRate: string;
  /** Aspect ratio as displayed: thin rasters are stretched. */
  displayedAs: '16:9';
}

/**
 * All frame formats of DNxHD, which has no others. Each has the profile with the fewest bits, as befits a proxy: VC-3 compression
 * ids 1253, 1252, 1259, 1258 (progressive), 1242 and 1244 (interlaced). FFmpeg offers 1260 for 1440x1080, with 80M, and then
 * refuses it: its encoder lacks blocks with adaptive fields.
 */
export const DNXHD_RASTERS: readonly DnxhdRaster[] = [
  { width: 1920, height: 1080, interlaced: false, bitRate: '36M', displayedAs: '16:9' },
  { width: 1920, height: 1080, interlaced: true, bitRate: '120M', displayedAs: '16:9' },
  { width: 1440, height: 1080, interlaced: false, bitRate: '63M', displayedAs: '16:9' },
  { width: 1440, height: 1080, interlaced: true, bitRate: '120M', displayedAs: '16:9' },
  { width: 1280, height: 720, interlaced: false, bitRate: '60M', displayedAs: '16:9' },
  { width: 960, height: 720, interlaced: false, bitRate: '42M', displayedAs: '16:9' },
];

export function dnxhdRaster(size: FrameSize, interlaced: boolean): DnxhdRaster | null {
  return (
    DNXHD_RASTERS.find(
      (raster) =>
        raster.width === size.width &&
        raster.height === size.height &&
        raster.interlaced === interlaced,
    ) ?? null
  );
}

/** Frame rates of DNxHD's profiles. */
export function dnxhdRates(interlaced: boolean): readonly string[] {
  return interlaced ? INTERLACED_RATES : PROGRESSIVE_RATES;
}

const PROGRESSIVE_RATES = '24000/1001 24/1 25/1 30000/1001 30/1 50/1 60000/1001 60/1'.split(' ');
const INTERLACED_RATES = '25/1 30000/1001 30/1'.split(' ');
