import type {
  Becomes,
  BurnInToken,
  Codec,
  Container,
  JobBurnIn,
  SourceFacts,
  Violation,
} from '@app/jobspec';
import type { Look, CodeLevels } from '../../look/look.ts';
import type { Cell, Counting } from '../../burn-in/cells.ts';
import type { Box, Size } from '../../burn-in/glyphs.ts';
import type { FieldOrder, HeaderGuarantees, Rational } from '../../media/index.ts';

/** Request of a JobSpec for every clip, apart from paths. */
export interface ProxyRequest {
  codec: Codec;
  container: Container;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT`. */
  resolution: string;
  /** Frames per second; `null` keeps the source's rate. */
  explicitFps: number | null;
  /** Changes to the colours of this clip; absent for none. */
  look?: RequestedLook;
  /** Text burnt into this clip. */
  burnIn?: RequestedBurnIn;
}

export interface RequestedBurnIn {
  texts: readonly JobBurnIn[];
  /** Values of tokens that don't come from the source itself. */
  values: Readonly<Record<Exclude<BurnInToken, 'timecode' | 'frame' | 'reel'>, string>>;
  /** Absolute path of the folder for the bitmaps that FFmpeg reads. */
  tablesFolder: string;
}

export interface RequestedLook extends Look {
  /** Colour space after the look, and tags of the proxy; `null` keeps the source's tags. */
  becomes: Becomes | null;
  /** Absolute path of the folder for the tables that FFmpeg reads. */
  tablesFolder: string;
}

/** All decisions about one proxy, made once from the request and the source; arguments and checks only read them. */
export interface ProxyPlan {
  codec: Codec;
  container: Container;
  video: VideoPlan;
  /** Tracks in source order; those that can't be decoded are left out and named in `warnings`. */
  audio: readonly AudioPlan[];
  /** `HH:MM:SS:FF`, or `;FF` for drop-frame; `null` when the source has none or the output can't hold it. */
  timecode: string | null;
  /** Reel name that the proxy carries. */
  reelName: string | null;
  source: ListedSource;
  declared: DeclaredLength;
  /** FFmpeg's input options that it needs to find all streams. */
  probeOptions: readonly string[];
  /** Number of packets that are read of each stream by its index, if the source's end is left out; `null` to read all. */
  packetsRead: Readonly<Record<number, number>> | null;
  /** Losses and changes with their reasons, in sentences for people. */
  warnings: readonly string[];
}

/** Facts of a source that its result repeats, for lists that name both. */
export interface ListedSource extends SourceFacts {
  reel: string | null;
}

export interface VideoPlan {
  /** The source stream, as FFmpeg's `0:INDEX` counts. */
  streamIndex: number;
  size: FrameSize;
  /** Pixel aspect ratio of the output; 1:1 for square pixels and for a source that declares none. */
  sampleAspectRatio: Rational;
  /** Display aspect ratio of the source, upright. */
  displayAspect: number;
  /** False when the coded frame already has the requested size. */
  scaled: boolean;
  timing: TimingPlan;
  scan: ScanPlan;
  /** FFmpeg's name, for example `yuv422p10le`. */
  pixelFormat: string;
  colour: ColourPlan;
  /** `null` if colours stay unchanged. */
  look: LookPlan | null;
  /** `null` for no burnt-in text. */
  burnIn: BurnInPlan | null;
  /** The profile as ffprobe names it; `null` where it follows from the encoder's settings and isn't checked. */
  profile: string | null;
  /** True if the whole coded frame is used instead of its container's clean aperture. */
  uncropped: boolean;
  /** True to ignore a rotation that only its frames declare, not its container. */
  ignoresRotation: boolean;
  /** True to drop the stereo description of its two views. */
  dropsStereoViews: boolean;
  /** FFmpeg's input options to decode everything that the source's codec holds. */
  decoderOptions: readonly string[];
  /** FFmpeg's encoder options that follow from size and rate. */
  encoderOptions: readonly string[];
  clock: ClockPlan;
}

export interface FrameSize {
  width: number;
  height: number;
}

/**
 * Frame timing. `passthrough` keeps every frame and its PTS; `constant` repeats or drops frames to reach the rate, and FFmpeg
 * counts them.
 */
export interface TimingPlan {
  mode: 'passthrough' | 'constant';
  /** Rate of the output; the nominal one for a variable source that is passed through. */
  rate: Rational;
  sourceRate: Rational;
  /** FFmpeg's guess of the source's rate, a rational. FFmpeg writes it into the header of a proxy in passthrough. */
  guessedRate: string | null;
  variable: boolean;
}

/** Clock of the frames in FFmpeg's terms; zero is the earliest frame. */
export interface ClockPlan {
  /** Seconds from the first sample of the file to the earliest frame; negative if the frame is earlier. */
  startOffset: number;
  /**
   * The same for an input without audio: seconds from the first stored frame. `null` if FFmpeg's zero is always the first sample
   * of the file, and not that of the streams in use.
   */
  startOffsetAlone: number | null;
  /** Seconds by which FFmpeg's PTS are late, in a container whose clock is `late`. */
  reorderDelay: number;
  /** Rate at which frames are counted instead of timed; `null` if their own PTS are used. */
  constantRate: Rational | null;
  /**
   * True if each frame takes a slot at the rate, and is repeated where the source has none: for a proxy whose container counts
   * frames and would close the gap, or if FFmpeg would name another rate.
   */
  usesFrameSlots: boolean;
  /** True if PTS go back: each frame is then shown at its own PTS, or a moment after the frame before it. */
  enforceMonotonicPts: boolean;
  /** True if the proxy uses the source's time base; any other would round its PTS. */
  sourceTicks: boolean;
  /** True if stored frame durations are wrong; FFmpeg then measures from one PTS to the next. */
  ignoresDurations: boolean;
  /** True if the last frame must fill a slot: an edit that ends inside it leaves it a shorter duration, and FFmpeg would drop it. */
  fillsLastSlot: boolean;
}

/** Field order of the output, and changes to the source's fields. */
export interface ScanPlan {
  order: FieldOrder;
  deinterlace: boolean;
  /** True if bottom-first fields are shifted by a line to become top-first. */
  reorderFields: boolean;
}

/** Colour tags by FFmpeg's names; `null` leaves the output untagged, as the source is. */
export interface ColourPlan {
  primaries: string | null;
  transfer: string | null;
  matrix: string | null;
  range: 'tv' | 'pc' | null;
  /** Matrix that the proxy is coded with, tagged or not; `null` if unknown. */
  codedMatrix: string | null;
  /** Matrix to convert from; `null` for no conversion. */
  convertedFrom: string | null;
  /** Side data on an HDR master that reaches the output, by ffprobe's names. */
  hdrMetadata: readonly string[];
}

/** A look, computed from a source's codes in R'G'B' at the proxy's size. */
export interface LookPlan {
  look: RequestedLook;
  /** Levels of the source, and of the proxy. */
  from: CodeLevels;
  to: CodeLevels;
  /** Matrix of the source; `null` for RGB. */
  matrix: string | null;
  /** True for full range. */
  isFull: boolean;
}

/** Burnt-in texts on black boxes. */
export interface BurnInPlan extends Counting {
  texts: readonly { box: Box; cells: readonly Cell[] }[];
  /** Cell of every character. */
  size: Size;
  /** Level of the ink; 1 is the proxy's white, which would be too bright in HDR. */
  ink: number;
  /** Absolute path of the folder for the bitmaps that FFmpeg reads. */
  tablesFolder: string;
}

/** FFmpeg's audio encoders. */
export const AUDIO_ENCODERS = ['aac', 'libopus', 'pcm_s16le', 'pcm_s24le'] as const;
export type AudioEncoder = (typeof AUDIO_ENCODERS)[number];

export interface AudioPlan {
  streamIndex: number;
  encoder: AudioEncoder;
  encoderOptions: readonly string[];
  channels: number;
  /** Layout that the track is converted to; `null` keeps its own. */
  layout: string | null;
  /** True if it may exceed full scale and its encoder would distort that. */
  clipped: boolean;
  /** True if neither source nor proxy names its loudspeakers. */
  unlabelled: boolean;
  /** Hz. */
  sampleRate: number;
  language: string | null;
  title: string | null;
  /** Dispositions by FFmpeg's names, as in the source. */
  dispositions: readonly string[];
  /** Seconds from the first frame to the track's first sample; silence fills them, and if they are negative, the track is cut. */
  offset: number;
  /**
   * True if silence fills a missing start even though the track begins with the first frame: if its decoder may skip the start,
   * or the proxy's container starts all tracks together.
   */
  fromZero: boolean;
  /** True if its first packet is dropped: the rest of a block that began before the file. */
  dropsFirstPacket: boolean;
  /** True if its format may change from block to block. */
  mayChangeFormat: boolean;
  /** True if its container only counts samples, so that all times but the first are the demuxer's guess. */
  countsSamples: boolean;
  /** True if each block follows the one before it, without holes to fill or overlaps to cut. */
  contiguous: boolean;
  /** Seconds by which its blocks may be late or early; more is a hole or an overlap. */
  holeSeconds: number;
  /** Cut point in seconds after the first frame; `null` if nothing is cut. */
  cutAt: number | null;
  /** Seconds of silence to append: MXF drops frames without audio. */
  silentTail: number;
  /** Accuracy of its length in seconds, by the source's clock, a block of its codec, and holes that aren't filled. */
  grainSeconds: number;
  /** Declared duration in seconds from the first frame on; `null` when not declared. */
  duration: number | null;
  /** True if source and proxy are PCM, so that the length stays exact to the sample. */
  sampleExact: boolean;
}

/** Video length that the source's header declares. */
export interface DeclaredLength {
  /** Frames presented, edit lists considered; `null` when nothing declares them. */
  frames: number | null;
  /** True for a count; false for a number derived from a duration that may be rounded. */
  framesAreCounted: boolean;
  /** Guarantees of its container's headers. */
  guarantees: HeaderGuarantees;
  /** Duration of the video in seconds; `null` when not declared. */
  seconds: number | null;
  /** Duration of the longest stream in seconds, if all streams reach the proxy. */
  containerSeconds: number | null;
  /** Duration that a demuxer measured in a file that declares none, in seconds; an estimate. */
  measuredSeconds: number | null;
}

/** JobSpec field that an engine can't fulfil for a source. */
export interface EngineViolation extends Violation {
  /** Token of burnt-in text that the clip has no value for. */
  lacks?: string;
}

/** JobSpec field that asks for the impossible. */
export interface PlanViolation extends EngineViolation {
  path:
    | 'codec'
    | 'container'
    | 'resolution'
    | 'fps_explicit'
    | 'viewing.look'
    | 'viewing.burn_in'
    | `viewing.burn_in[${number}].text`;
}

/** A decision with its warnings. */
export interface Ruling<T> {
  value: T;
  warnings: readonly string[];
}
