import type { Check } from './check.ts';
import { AUDIO_CHECKS } from './audio-checks.ts';
import { COLOUR_CHECKS } from './colour-checks.ts';
import { CONTAINER_CHECKS } from './container-checks.ts';
import { LENGTH_CHECKS } from './length-checks.ts';
import { MOVED_CLOCK } from './moved-clock.ts';
import { FRAME_CHECKS } from './video-checks.ts';
import { TIME_CHECKS } from './time-checks.ts';

/** Every check of a proxy, in the order in which results list them. */
export const CHECKS: readonly Check[] = [
  ...CONTAINER_CHECKS,
  ...FRAME_CHECKS,
  ...LENGTH_CHECKS,
  ...TIME_CHECKS,
  MOVED_CLOCK,
  ...AUDIO_CHECKS,
  ...COLOUR_CHECKS,
];
