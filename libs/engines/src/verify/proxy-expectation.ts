import type {
  ClockPlan,
  ColourPlan,
  VideoPlan,
  ProxyPlan,
  ScanPlan,
} from '../proxy/plan/proxy-plan.ts';

/** What of a plan a finished proxy is compared with; an engine that leaves something open says so. */
export interface ProxyExpectation extends Pick<
  ProxyPlan,
  'codec' | 'container' | 'timecode' | 'reelName' | 'source' | 'declared'
> {
  video: Pick<VideoPlan, 'size' | 'displayAspect' | 'timing' | 'profile'> & {
    scan: Pick<ScanPlan, 'order'>;
    /** Where the engine tells when pictures are shown. */
    clock?: Pick<
      ClockPlan,
      'constantRate' | 'fillsEverySlot' | 'enforceMonotonicPts' | 'lastStays'
    >;
    /** `null` where the engine decides. */
    pixelFormat: string | null;
    /** `null` where the engine decides how the picture is tagged. */
    colour: ColourPlan | null;
  };
  /** Track by track, or `any`: sound there must be, as long as the picture, in tracks of the engine's choice. */
  audio: ProxyPlan['audio'] | 'any';
}
