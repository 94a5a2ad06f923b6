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

/** Comparison of one property of a proxy with its plan; its expected and actual values may differ in type. */
interface CheckOf<T, A> {
  name: HeaderCheck;
  /** Expected value; `undefined` if the check doesn't apply to this plan. */
  expected: (plan: ProxyExpectation, facts: OutputFacts) => T | undefined;
  actual: (facts: OutputFacts, plan: ProxyExpectation) => A | null;
  /** Explains a difference, as a clause about the proxy. */
  says: (expected: T, actual: A | null) => string;
  /** Cause of the failure; `output_differs` by default. */
  blames?: (expected: T, actual: A | null) => DifferenceCause;
  /** Remedy in a sentence, if it depends on the difference. */
  remedy?: (expected: T, actual: A | null) => string;
  /** Largest difference allowed: a number, or numbers by position. In the unit of the check's name. */
  tolerance?: (plan: ProxyExpectation, facts: OutputFacts, expected: T) => Tolerance;
  /** Own comparison; by default equality as JSON, or closeness of two numbers within the tolerance. */
  agrees?: (expected: T, actual: A | null, plan: ProxyExpectation, facts: OutputFacts) => boolean;
}

/** Name and words of a check. */
export type CheckWords<T, A> = Pick<CheckOf<T, A>, 'name' | 'says' | 'blames' | 'remedy'>;

/** Values that a check compares. */
export interface Comparison {
  /** `undefined` or `null` if the check doesn't apply. */
  expected: unknown;
  actual: unknown;
  tolerance?: Tolerance | undefined;
  /** Verdict if it isn't given by equality or by the tolerance. */
  agrees?: boolean | undefined;
}

/** Check of any type of value. */
export interface Check extends CheckWords<never, never> {
  compare: (plan: ProxyExpectation, facts: OutputFacts) => Comparison;
}

/** Builds a check from parts of matching types. */
export function check<T, A = T>(definition: CheckOf<T, A>): Check {
  const { expected: expect, actual: find, tolerance, agrees, ...named } = definition;
  const compare: Check['compare'] = (plan, facts) => {
    const [expected, actual] = [expect(plan, facts), find(facts, plan) ?? null];
    if (expected === undefined) return { expected, actual };
    return {
      expected,
      actual,
      tolerance: tolerance?.(plan, facts, expected),
      agrees: agrees?.(expected, actual, plan, facts),
    };
  };
  return { ...named, compare };
}

/** Cause of a difference in length: the source if its header promises more than was found. */
export function blamesShort(expected: number, actual: number | null): DifferenceCause {
  return actual !== null && actual < expected ? 'source_short' : 'output_differs';
}

/** Words for a check of one property, for example `its size is 640x360 and should be 1280x720`. */
export function differs(fact: string): (expected: unknown, actual: unknown) => string {
  return (expected, actual) => `its ${fact} is ${shown(actual)} and should be ${shown(expected)}`;
}

/** Formats a value for people: `none` for what is missing, lists without brackets. */
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

/** Rounds to the millisecond. */
export function roundedSeconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}

/** Facts of a run that only its caller knows. */
export interface RunCounts {
  /** Last `dup_frames` and `drop_frames` of FFmpeg's progress. */
  duplicatedFrames: number;
  droppedFrames: number;
  /**
   * PTS of each frame of the proxy in its source, in seconds after the proxy's zero and in the order of the proxy; `NaN` for a
   * frame that its container only counts; `null` if the engine reports none.
   */
  frameTimes: readonly number[] | null;
  /** Tick of those times in seconds. */
  frameTick: number;
  /** True if the time of some decoded frame wasn't later than that of the frame before it. */
  goesBack?: boolean;
  /** Source with facts from reading it to its end, if its header alone doesn't settle what the proxy must hold; else `null`. */
  source: MediaInfo | null;
}

/** Finished proxy as the checks read it. */
export interface OutputFacts {
  media: MediaInfo;
  video: VideoStream | null;
  tracks: readonly AudioStream[];
  /** Packet count if packets were counted, else the header's frame count. */
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

/** Part of a plan that a finished proxy is compared with; an engine may leave some of it open. */
export interface ProxyExpectation extends Pick<
  ProxyPlan,
  'codec' | 'container' | 'timecode' | 'reelName' | 'source' | 'declared'
> {
  video: Pick<VideoPlan, 'size' | 'displayAspect' | 'timing' | 'profile'> & {
    scan: Pick<ScanPlan, 'order'>;
    /** Present if the engine reports when frames are shown. */
    clock?: Pick<ClockPlan, 'constantRate' | 'usesFrameSlots' | 'enforceMonotonicPts'>;
    /** `null` if the engine decides. */
    pixelFormat: string | null;
    /** `null` if the engine decides on colour tags. */
    colour: ColourPlan | null;
  };
  /** Planned tracks, or `any`: at least one, as long as the video, in tracks of the engine's choice. */
  audio: ProxyPlan['audio'] | 'any';
}

/** Smallest and largest value; infinite for none. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** Distance from the smallest to the largest value; 0 for none. */
export function span(values: readonly number[]): number {
  const [least, greatest] = extent(values);
  return values.length === 0 ? 0 : greatest - least;
}
