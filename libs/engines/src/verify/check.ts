import type { DifferenceCause, HeaderCheck, VerificationCheck } from '@app/jobspec';
import {
  type AudioStream,
  declaredFrames,
  type MediaInfo,
  primaryVideo,
  type VideoStream,
} from '../media/index.ts';
import type {
  ClockPlan,
  ColourPlan,
  VideoPlan,
  ProxyPlan,
  ScanPlan,
} from '../proxy/plan/proxy-plan.ts';

type Tolerance = VerificationCheck['tolerance'];

/** One comparison of a proxy with its plan: of one type of value, or of two that are told differently. */
interface CheckOf<T, A> {
  name: HeaderCheck;
  /** What the output must be; `undefined` when the check doesn't apply to this plan. */
  expected: (plan: ProxyExpectation, facts: OutputFacts) => T | undefined;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => A | null;
  /** What is wrong when the two differ, as a part of a sentence about the proxy. */
  says: (expected: T, actual: A | null) => string;
  /** What a proxy that fails it fails for; `output_differs`, unless said. */
  blames?: (expected: T, actual: A | null) => DifferenceCause;
  /** What to do, in a sentence, where it hangs on what was found. */
  remedy?: (expected: T, actual: A | null) => string;
  /** By how much the two may differ: numbers, or lists of them by their places. In the unit of their name. */
  tolerance?: (plan: ProxyExpectation, facts: OutputFacts, expected: T) => Tolerance;
  /** Equality of the two as JSON, or two numbers within the tolerance, unless said otherwise. */
  agrees?: (expected: T, actual: A | null, plan: ProxyExpectation, facts: OutputFacts) => boolean;
}

/** Name and words of a check. */
export type CheckWords<T, A> = Pick<CheckOf<T, A>, 'name' | 'says' | 'blames' | 'remedy'>;

/**
 * What a proxy should have, `undefined` or `null` where that doesn't apply; what it has; by how much they may differ; whether they agree,
 * where that isn't to be equal or within the tolerance.
 */
export type Comparison = readonly [unknown, unknown, Tolerance?, (boolean | undefined)?];

/** A check of any type of value. */
export interface Check extends CheckWords<never, never> {
  compare: (plan: ProxyExpectation, facts: OutputFacts) => Comparison;
}

/** A check whose parts fit each other. */
export function check<T, A = T>(definition: CheckOf<T, A>): Check {
  const { expected, actual, tolerance, agrees, ...named } = definition;
  const compare: Check['compare'] = (plan, facts) => {
    const [wanted, found] = [expected(plan, facts), actual(facts, plan) ?? null];
    if (wanted === undefined) return [wanted, found];
    return [wanted, found, tolerance?.(plan, facts, wanted), agrees?.(wanted, found, plan, facts)];
  };
  return { ...named, compare };
}

/** Where a header promises more than was found. */
export function blamesShort(expected: number, actual: number | null): DifferenceCause {
  return actual !== null && actual < expected ? 'source_short' : 'output_differs';
}

/** For checks of one fact with a name, for example `its size is 640x360 and should be 1280x720`. */
export function differs(fact: string): (expected: unknown, actual: unknown) => string {
  return (expected, actual) => `its ${fact} is ${shown(actual)} and should be ${shown(expected)}`;
}

/** For people: `none` for what is missing, lists without brackets. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value);
  if (!Array.isArray(value)) return `${value as string | number | boolean}`;
  return value.length === 0 ? 'none' : value.map((item) => shown(item)).join(', ');
}

/** True when both are numbers at most `tolerance` apart. */
export function within(tolerance: number, expected: number, actual: number | null): boolean {
  return actual !== null && Math.abs(expected - actual) <= tolerance;
}

/** To the millisecond. */
export function roundedSeconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}

/** What only the caller can know of a run. */
export interface RunCounts {
  /** The last `dup_frames` and `drop_frames` of FFmpeg's progress. */
  duplicatedFrames: number;
  droppedFrames: number;
  /**
   * When each picture of the proxy is shown in its source, in seconds after the proxy's zero and in the order of the
   * proxy; `NaN` for a picture that its container only counts; `null` where the engine doesn't tell.
   */
  frameTimes: readonly number[] | null;
  /** Seconds of a tick of those times. */
  frameTick: number;
  /** Whether the time of a decoded frame wasn't after that of the one before it. */
  goesBack?: boolean;
  /** The source, read to its end, where its header alone doesn't settle what the proxy must hold. */
  source: MediaInfo | null;
}

/** A finished proxy as the checks read it. */
export interface OutputFacts {
  media: MediaInfo;
  video: VideoStream | null;
  tracks: readonly AudioStream[];
  /** Counted where they were counted, else as the header says. */
  frames: number | null;
  counts: RunCounts;
}

export function outputFacts(media: MediaInfo, counts: RunCounts): OutputFacts {
  const video = primaryVideo(media);
  return {
    media,
    video,
    tracks: media.streams.filter((stream): stream is AudioStream => stream.kind === 'audio'),
    frames: video && (video.packets?.count ?? declaredFrames(video)),
    counts,
  };
}

/** What of a plan a finished proxy is compared with; an engine that leaves something open says so. */
export interface ProxyExpectation extends Pick<
  ProxyPlan,
  'codec' | 'container' | 'timecode' | 'reelName' | 'source' | 'declared'
> {
  video: Pick<VideoPlan, 'size' | 'displayAspect' | 'timing' | 'profile'> & {
    scan: Pick<ScanPlan, 'order'>;
    /** Where the engine tells when pictures are shown. */
    clock?: Pick<ClockPlan, 'constantRate' | 'usesFrameSlots' | 'enforceMonotonicPts'>;
    /** `null` where the engine decides. */
    pixelFormat: string | null;
    /** `null` where the engine decides how the picture is tagged. */
    colour: ColourPlan | null;
  };
  /** Track by track, or `any`: sound there must be, as long as the picture, in tracks of the engine's choice. */
  audio: ProxyPlan['audio'] | 'any';
}

/** The least of many numbers and the greatest; endless for none. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** From the least of many numbers to the greatest; 0 of none. */
export function span(values: readonly number[]): number {
  const [least, greatest] = extent(values);
  return values.length === 0 ? 0 : greatest - least;
}
