import { rationalToNumber } from '../media/rational.ts';
import { streamDuration } from '../media/stream-time.ts';
import type { ProxyPlan } from '../proxy/proxy-plan.ts';
import { check, within, type Check } from './check.ts';
import type { OutputFacts } from './output-facts.ts';
import { TOLERANCES } from './tolerances.ts';

export const LENGTH_CHECKS: readonly Check[] = [
  check({
    name: 'frame_count',
    expected: ({ declared }, { counts }) => declared.frames ?? counts.sourcePackets ?? undefined,
    // What was repeated or dropped to reach another rate is no loss and no gain.
    actual: ({ frames, counts }) =>
      frames && frames - counts.duplicatedFrames + counts.droppedFrames,
    agrees: (expected, actual, { picture }) =>
      within(picture.timing.mode === 'constant' ? TOLERANCES.convertedFrames : 0, expected, actual),
  }),
  check({
    name: 'unbroken_frames',
    expected: (plan, facts) => framesByTime(plan, facts),
    actual: ({ frames }) => frames,
    agrees: (expected, actual) => within(TOLERANCES.continuityFrames, expected, actual),
  }),
  check({
    name: 'duration_seconds',
    expected: ({ declared }) => roundedSeconds(declared.seconds) ?? undefined,
    actual: ({ video }) => roundedSeconds(video && streamDuration(video)),
    agrees: (expected, actual, plan) => within(durationTolerance(plan), expected, actual),
  }),
  check({
    name: 'container_duration_seconds',
    expected: ({ declared }) =>
      declared.seconds === null
        ? (roundedSeconds(declared.containerSeconds) ?? undefined)
        : undefined,
    actual: ({ media }) => roundedSeconds(media.durationSeconds),
    agrees: (expected, actual, plan) =>
      within(durationTolerance(plan) + TOLERANCES.audioSeconds, expected, actual),
  }),
];

/**
 * How many frames fill the output's duration at its rate. A hole in the source keeps its time but has no frames, so
 * this finds losses that no header declares. MXF counts frames instead of timing them and can't show holes.
 */
function framesByTime({ picture: { timing }, container }: ProxyPlan, facts: OutputFacts) {
  const seconds = facts.video && streamDuration(facts.video);
  if (timing.mode === 'constant' || timing.variable || container === 'mxf' || !seconds) {
    return undefined;
  }
  return Math.round(seconds * rationalToNumber(timing.rate));
}

function durationTolerance({ picture: { timing } }: ProxyPlan): number {
  const frames = timing.variable ? TOLERANCES.variableDurationFrames : TOLERANCES.durationFrames;
  return frames / Math.min(rationalToNumber(timing.rate), rationalToNumber(timing.sourceRate));
}

function roundedSeconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
