import type {
  ClipOutcome,
  MediaInfo,
  FrameSizes,
  ProxyPlan,
  ProxyRequest,
  StreamChanges,
} from '@app/engines';
import type { ProresQuantiser } from '@app/jobspec';

/** How coarsely a clip is quantised, and what that makes of the frames by which it was chosen. */
export interface QuantiserTrial {
  /** `null` for codecs other than ProRes. */
  choice: ProresQuantiser | null;
  tried: readonly FrameSizes[];
}

/** What a clip is encoded by. */
export interface ClipPlan {
  request: ProxyRequest;
  /** What is known of the source so far. */
  source: MediaInfo;
  plan: ProxyPlan;
  /** Without it, a trial chooses. */
  quantiser?: QuantiserTrial;
}

/** One encode of a clip, and what became of it. */
export interface ClipRun extends Required<ClipPlan> {
  outcome: Omit<ClipOutcome, 'attempts'>;
  /** Bytes of each frame of the proxy; none where it wasn't read. */
  frameSizes: readonly number[];
  changes: StreamChanges;
}

/** What a clip is made with. Handed in, so that each order of events is a test without a program. */
export interface ClipPrograms {
  /** Chooses a quantiser of ProRes. */
  tryQuantisers(plan: ClipPlan): Promise<QuantiserTrial>;
  /** Encodes once, and compares what was made with the source. A failure is an outcome. */
  encode(plan: Required<ClipPlan>): Promise<ClipRun>;
  /** Seconds on a clock that only goes on. */
  now(): number;
}
