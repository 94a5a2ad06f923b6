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
  /** Pixel formats that are read back under another name; `null` for none. */
  readAs: Readonly<Record<string, string>> | null;
  /** Whether it keeps two fields in a frame. */
  interlaced: boolean;
  /** Whether full range can be said and therefore kept. */
  fullRange: boolean;
  /** True for codecs with frames that depend on others: they get a key frame every half second. */
  interFrame: boolean;
  /** What it leaves of a picture at these settings: checks of content are as strict as this allows. */
  leaves: Leaves;
  /** How ProRes is quantised by one quantiser; `null` for other codecs. */
  prores: ProresRule | null;
  /** Whether its own bitstream says how it is coloured, whatever the container holds. */
  saysColour: boolean;
  /** The colour matrices that it can say; `null` for all. */
  matrices: readonly string[] | null;
  /** The matrix that it is read by where it says none: a picture that is coded by another one is converted. `null` where nobody assumes one. */
  impliedMatrix: string | null;
  /** The sample entry in MOV and MP4 where FFmpeg's own choice is not what players expect, else `null`. */
  tag: string | null;
  /** Smallest size that the encoder takes; `null` for any. */
  minimum: { width: number; height: number } | null;
}

/** Limits of what may become of a picture in a codec, each beyond what was measured of healthy clips of 45 classes. */
export interface Leaves {
  /** Share of the strong detail of its source that each frame has at least. Measured: 0.71; ProRes Proxy 0.15, night at high ISO. */
  kept: number;
  /** And what is worth a warning: some proxies are no better than that because their codec isn't. */
  keptUsually: number;
  /** Share of the detail of the clip's best quarter that a frame of as much detail has at least: a second of blocks has less. */
  keptBesideOthers: number;
  /** The least share for colour in half of the frames; `null` where next to nothing of fine coloured text stays. Measured: 0.13. */
  colourKept: number | null;
  /** Whether colour stays beside its luma to the sample. */
  colourInPlace: boolean;
  /** How much detail a frame may have, as a share of 1.2 times its source's and a level: beyond is noise. Measured: 0.8; 1.3, text that rolls in ProRes LT. */
  added: number;
  /** The same of a ninth of it, in half of the frames. Measured: 1.3; 2.6, small black text in ProRes LT. */
  addedOfPart: number;
  /** How far a part may be off in the same place throughout, as a share of 14 levels, 10 of colour, and its own detail. Measured: 1.8; 4.5, lines of a pixel through small text in ProRes Proxy. */
  marks: number;
  /** Samples of a small frame by which eight frames together may lie beside their place, luma and colour. Measured: 0.06 and 0.09; 0.18, a grid of 2 pixels in DNxHR. */
  moved: number;
  movedColour: number;
  /** Levels by which a frame must be nearer to a neighbour: encoders that predict leave out small changes. */
  likeness: number;
  /** Levels by which a part of a frame must be off before it may be one of a neighbour. Measured: 6.3, a screen in H.264. */
  late: number;
}

/** See `ffmpeg/prores`. */
export interface ProresRule {
  /** To as coarse as a clip of grain needs; so close that sizes between them can be told. */
  quantisers: readonly number[];
  /**
   * Bits that the search takes for a macroblock at most, by the size of the picture: Apple's data rates, as FFmpeg's
   * `proresenc_kostya.c` has them. Pure noise measures up to 12 % more.
   */
  mostBits: readonly number[];
}

const FINE = [1, 2, 3, 5, 8, 12, 16, 20, 27];

/** Of a picture most codecs leave nearly all. */
const CLOSE: Leaves = {
  kept: 0.5,
  keptUsually: 0.65,
  keptBesideOthers: 0.5,
  colourKept: 0.04,
  colourInPlace: true,
  added: 1,
  addedOfPart: 2,
  marks: 2,
  moved: 0.08,
  movedColour: 0.1,
  likeness: 1.2,
  late: 8,
};
/** What codes each frame alone leaves no part behind. */
const INTRA = { likeness: 0.8, late: 3 };
const OF_PRORES: Leaves = { ...CLOSE, ...INTRA, added: 1.5, addedOfPart: 3.5 };
/** At a low data rate fine lines turn grey, and what is still leaves marks. */
const ROUGH = { kept: 0.12, keptUsually: 0.2, keptBesideOthers: 0.4, colourKept: null, marks: 7 };

const PRORES = {
  leaves: OF_PRORES,
  encoder: 'prores_ks',
  reads: 'prores',
  pixels: { standard: 'yuv422p10le' },
  readAs: null,
  interlaced: true,
  fullRange: false,
  interFrame: false,
  saysColour: false,
  matrices: null,
  impliedMatrix: null,
  tag: null,
  minimum: null,
} as const;

/** One encoder, and one way to be read: by BT.709, unless it says BT.2020. */
const DNX = {
  leaves: { ...CLOSE, ...ROUGH, added: 1.5, moved: 0.25, movedColour: 0.25, ...INTRA },
  prores: null,
  encoder: 'dnxhd',
  options: [],
  reads: 'dnxhd',
  profile: null,
  fullRange: false,
  interFrame: false,
  saysColour: false,
  readAs: null,
  matrices: ['bt709', 'bt2020nc'],
  impliedMatrix: 'bt709',
  tag: null,
} as const;

const HEVC: CodecRule = {
  leaves: CLOSE,
  prores: null,
  encoder: 'libx265',
  options: '-preset fast -crf 23 -bf 0'.split(' '),
  reads: 'hevc',
  profile: null,
  pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
  interlaced: false,
  fullRange: true,
  interFrame: true,
  saysColour: true,
  readAs: null,
  matrices: null,
  impliedMatrix: null,
  // Apple's players read no other.
  tag: 'hvc1',
  minimum: { width: 16, height: 16 },
};

/** `vendor apl0` is what other programs expect of ProRes; FFmpeg's own name makes some of them warn. */
const proresOptions = (profile: string) => ['-profile:v', profile, '-vendor', 'apl0'];

export const CODEC_RULES: Record<Codec, CodecRule> = {
  prores_proxy: {
    ...PRORES,
    options: proresOptions('proxy'),
    profile: 'Proxy',
    leaves: { ...OF_PRORES, ...ROUGH },
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
    // The bitstream doesn't say how deep it is; FFmpeg reads all of ProRes 4444 as 12 bit.
    readAs: { yuv444p10le: 'yuv444p12le', yuva444p10le: 'yuva444p12le' },
  },
  h264: {
    leaves: CLOSE,
    prores: null,
    encoder: 'libx264',
    options: '-preset fast -crf 20 -bf 0'.split(' '),
    reads: 'h264',
    profile: null,
    pixels: { standard: 'yuv420p' },
    interlaced: true,
    fullRange: true,
    interFrame: true,
    saysColour: true,
    readAs: null,
    matrices: null,
    impliedMatrix: null,
    tag: null,
    minimum: null,
  },
  h265: HEVC,
  hevc: HEVC,
  dnxhd: { ...DNX, pixels: { standard: 'yuv422p' }, interlaced: true, minimum: null },
  dnxhr: {
    ...DNX,
    pixels: { standard: 'yuv422p', hdr: 'yuv422p10le' },
    interlaced: false,
    minimum: { width: 256, height: 120 },
  },
  vp9: {
    leaves: { ...CLOSE, colourKept: null },
    prores: null,
    encoder: 'libvpx-vp9',
    options: '-deadline good -cpu-used 5 -row-mt 1 -crf 32 -b:v 0'.split(' '),
    reads: 'vp9',
    profile: null,
    pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
    interlaced: false,
    fullRange: true,
    interFrame: true,
    saysColour: false,
    readAs: null,
    matrices: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
    impliedMatrix: null,
    tag: null,
    minimum: null,
  },
  av1: {
    leaves: { ...CLOSE, colourKept: null, colourInPlace: false },
    prores: null,
    encoder: 'libsvtav1',
    options: '-preset 9 -crf 30'.split(' '),
    reads: 'av1',
    profile: null,
    pixels: { standard: 'yuv420p', deep: 'yuv420p10le' },
    interlaced: false,
    fullRange: true,
    interFrame: true,
    saysColour: false,
    readAs: null,
    matrices: null,
    impliedMatrix: null,
    tag: null,
    minimum: { width: 64, height: 64 },
  },
};
