import type { Becomes, BurnInToken, Codec, Container, JobBurnIn, Violation } from '@app/jobspec';
import type { Look, CodeLevels } from '../../look/look.ts';
import type { Cell, Counting } from '../../burn-in/cells.ts';
import type { Box, Size } from '../../burn-in/glyphs.ts';
import type { FieldOrder, Promises, Rational } from '../../media/index.ts';

/** What a JobSpec asks of every clip, apart from paths. */
export interface ProxyRequest {
  codec: Codec;
  container: Container;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`. */
  resolution: string;
  /** Frames per second; `null` keeps the source's rate. */
  explicitFps: number | null;
  /** What is done to the colours of this clip; absent, they stay as they are. */
  look?: RequestedLook;
  /** Text in the picture of this clip. */
  burnIn?: RequestedBurnIn;
}

export interface RequestedBurnIn {
  texts: readonly JobBurnIn[];
  /** What tokens stand for that don't come out of the source itself. */
  values: Readonly<Record<Exclude<BurnInToken, 'timecode' | 'frame' | 'reel'>, string>>;
  /** Absolute path of the folder for the bitmaps that FFmpeg reads. */
  tablesFolder: string;
}

export interface RequestedLook extends Look {
  /** What its colours are then, and how the proxy is tagged; `null` where the tags of the source stay. */
  becomes: Becomes | null;
  /** Absolute path of the folder for the tables that FFmpeg reads. */
  tablesFolder: string;
}

/** Everything about one proxy, decided once from the request and the source; arguments and checks only read it. */
export interface ProxyPlan {
  codec: Codec;
  container: Container;
  video: VideoPlan;
  /** In the order of the source; tracks that can't be decoded are left out and named in `warnings`. */
  audio: readonly AudioPlan[];
  /** `HH:MM:SS:FF`, or `;FF` for drop-frame; `null` when the source has none or the output can't hold it. */
  timecode: string | null;
  /** That the proxy carries. */
  reelName: string | null;
  source: ListedSource;
  declared: DeclaredLength;
  /** FFmpeg's options before the source, without which it doesn't find all of its streams. */
  probeOptions: readonly string[];
  /** What is lost or changed, and why, in sentences for people. */
  warnings: readonly string[];
}

/** What a source says of itself that its result repeats, for lists that name both. */
export interface ListedSource {
  reel: string | null;
  /** Pixels of a frame as it is shown, upright: `1080x1920`. */
  size: string | null;
  /** Of its first audio track, in Hz. */
  sampleRate: number | null;
}

export interface VideoPlan {
  /** The source stream, as FFmpeg's `0:INDEX` counts. */
  streamIndex: number;
  size: FrameSize;
  /** Pixel shape of the output; 1:1 for square pixels and for a source that doesn't say. */
  sampleAspectRatio: Rational;
  /** Width to height of the source as it is shown, upright. */
  displayAspect: number;
  /** False when the stored picture already has the wanted size. */
  scaled: boolean;
  timing: TimingPlan;
  scan: ScanPlan;
  /** FFmpeg's name, for example `yuv422p10le`. */
  pixelFormat: string;
  colour: ColourPlan;
  /** `null` where colours stay as they are. */
  look: LookPlan | null;
  /** `null` where no text stands in the picture. */
  burnIn: BurnInPlan | null;
  /** The profile as ffprobe names it; `null` where it follows from the encoder's settings and isn't checked. */
  profile: string | null;
  /** Whether the whole stored picture is taken, and not the part that its container calls clean. */
  uncropped: boolean;
  /** Whether a turn is left out that its pictures ask for, and its container doesn't. */
  withoutTurn: boolean;
  /** Whether it is left out how two views of it are to be seen. */
  withoutViews: boolean;
  /** What the source's codec needs to be decoded to the full, as FFmpeg's options before the input. */
  decoderOptions: readonly string[];
  /** What size and rate decide of the encoder's settings, as FFmpeg's options. */
  encoderOptions: readonly string[];
  clock: ClockPlan;
}

export interface FrameSize {
  width: number;
  height: number;
}

/**
 * How frames are timed. `passthrough` keeps every frame and its time; `constant` repeats or drops frames to reach the
 * rate, and FFmpeg counts them.
 */
export interface TimingPlan {
  mode: 'passthrough' | 'constant';
  /** The output's rate; for a variable source that is passed through, the nominal one. */
  rate: Rational;
  sourceRate: Rational;
  /** What FFmpeg takes for the source's rate, a rational: it writes that into the header of a proxy whose times it passes through. */
  guessedRate: string | null;
  variable: boolean;
}

/** How FFmpeg is told when pictures are shown; zero is the earliest one. */
export interface ClockPlan {
  /** Seconds by which the earliest picture comes after the first sample of the file; negative when it comes before. */
  startOffset: number;
  /**
   * The same by the first picture of the file, where FFmpeg counts from the first sample of the tracks that it is to read of
   * an input; `null` where it counts from that of the file.
   */
  startOffsetAlone: number | null;
  /** Seconds by which FFmpeg takes all pictures for later than they are, see `late` of a source's container. */
  reorderDelay: number;
  /** The rate by which pictures are counted instead of timed; `null` where their own times are used. */
  constantRate: Rational | null;
  /**
   * Whether each picture takes its place at the rate, and is repeated where the source has none: in a proxy that counts
   * pictures and would close the hole, and where FFmpeg would name another rate.
   */
  fillsEverySlot: boolean;
  /** Whether times of pictures go back: each is then shown at its own, or a moment after the one before it. */
  enforceMonotonicPts: boolean;
  /** Whether the proxy counts in the ticks of its source: any other clock would round its times. */
  sourceTicks: boolean;
  /** Whether pictures don't last as long as the file says; FFmpeg is to measure from one to the next instead. */
  lengthsAreWrong: boolean;
}

/** Field order of the output. `deinterlace` and `reorderFields` say what is done to the source's fields. */
export interface ScanPlan {
  order: FieldOrder;
  deinterlace: boolean;
  /** True when bottom-first fields are shifted by a line to become top-first. */
  reorderFields: boolean;
}

/** FFmpeg's names; `null` means that the output stays untagged, as the source is. */
export interface ColourPlan {
  primaries: string | null;
  transfer: string | null;
  matrix: string | null;
  range: 'tv' | 'pc' | null;
  /** The matrix by which the proxy is coded, tagged or not; `null` when nothing says. */
  codedMatrix: string | null;
  /** The matrix that the picture is converted from; `null` where it keeps its own. */
  convertedFrom: string | null;
  /** What describes an HDR master and reaches the output, by ffprobe's names of side data. */
  hdrMetadata: readonly string[];
}

/** How a look is worked out of a source's codes, in R'G'B' of the proxy's size. */
export interface LookPlan {
  look: RequestedLook;
  /** Levels of the source, and of the proxy. */
  from: CodeLevels;
  to: CodeLevels;
  /** The matrix that the source is coded by; `null` where it is RGB already. */
  matrix: string | null;
  /** Whether the source's codes go from 0 to the largest one. */
  isFull: boolean;
}

/** Text in a picture, on black boxes. */
export interface BurnInPlan extends Counting {
  texts: readonly { box: Box; cells: readonly Cell[] }[];
  /** What every character takes. */
  size: Size;
  /** How bright the ink is, 1 for the proxy's white: of HDR, that is far too bright. */
  ink: number;
  /** Absolute path of the folder for the bitmaps that FFmpeg reads. */
  tablesFolder: string;
}

/** FFmpeg's encoders for sound. */
export const SOUND_ENCODERS = ['aac', 'libopus', 'pcm_s16le', 'pcm_s24le'] as const;
export type AudioEncoder = (typeof SOUND_ENCODERS)[number];

export interface AudioPlan {
  streamIndex: number;
  encoder: AudioEncoder;
  encoderOptions: readonly string[];
  channels: number;
  /** The layout that the track is converted to; `null` leaves it as it is. */
  layout: string | null;
  /** Whether it may be louder than full scale and its encoder would distort that. */
  clipped: boolean;
  /** Whether nothing names its loudspeakers and the proxy names none either. */
  unlabelled: boolean;
  /** Hz. */
  sampleRate: number;
  language: string | null;
  title: string | null;
  /** What it is for, by FFmpeg's names, as in the source. */
  dispositions: readonly string[];
  /** Seconds from the picture's first frame to the track's first sample; silence fills it, a negative lead is cut. */
  offset: number;
  /**
   * Whether silence fills what is missing at its start though it begins with the picture: where its decoder may leave that out,
   * and where the proxy's container begins all tracks together.
   */
  fromZero: boolean;
  /** Whether its first packet is left out: the rest of a block that began before the file does. */
  skipsFirst: boolean;
  /** Whether each block of it says what it is, and another one may say something else. */
  mayChange: boolean;
  /** Whether its container only counts samples, so that every time in the middle is the reader's guess. */
  counted: boolean;
  /** Whether each block follows the one before it, so that there is no hole to fill and no overlap to cut. */
  unbroken: boolean;
  /** Seconds by which its blocks may come late or early; what is more is a hole or an overlap. */
  holeSeconds: number;
  /** Seconds after the picture's first frame from which on it is cut; `null` where it ends by itself. */
  cutAt: number | null;
  /** Seconds of silence to add at the end: MXF loses pictures that no sound goes with. */
  silentTail: number;
  /** Seconds of the source's clock, a block of its codec, and of a hole that stays: how exactly its length is known. */
  grainSeconds: number;
  /** Seconds of sound that the source declares, from the picture's first frame on; `null` when it declares none. */
  duration: number | null;
  /** Whether source and proxy hold sample after sample, so that the length stays to the sample. */
  sampleExact: boolean;
}

/** What the source's header promises of its picture. */
export interface DeclaredLength {
  /** Frames presented, edit lists considered; `null` when nothing declares them. */
  frames: number | null;
  /** True for a count; false where the frames follow from a duration that may be rounded. */
  framesAreCounted: boolean;
  /** What its container's headers say at all. */
  promises: Promises;
  /** Seconds of picture; `null` when nothing declares it. */
  seconds: number | null;
  /** Seconds of the longest stream, where all streams reach the proxy. */
  containerSeconds: number | null;
  /** Seconds of picture that a reader measured in a file that declares nothing; no promise, but a size of what is there. */
  measuredSeconds: number | null;
}

/** The contract's field that asks for what can't be done. */
export interface PlanViolation extends Violation {
  path:
    | 'codec'
    | 'container'
    | 'resolution'
    | 'fps_explicit'
    | 'viewing.look'
    | 'viewing.burn_in'
    | `viewing.burn_in[${number}].text`;
}

/** One decision, with what it costs and what forbids it. */
export interface Ruling<T> {
  value: T;
  warnings: readonly string[];
}
