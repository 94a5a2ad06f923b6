import { rationalToNumber } from '../media/rational.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import { streamDuration } from '../media/stream-time.ts';
import { check, within, type Check } from './check.ts';
import type { OutputFacts, RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';
import { TOLERANCES } from './tolerances.ts';

/** Packets for each frame's time, above which they are fields: halfway between one and two. */
const FIELD_PACKETS = 1.5;

export const LENGTH_CHECKS: readonly Check[] = [
  check({
    name: 'start_seconds',
    expected: () => 0,
    actual: ({ video }) => roundedSeconds(video?.startSeconds ?? 0),
    agrees: (expected, actual, plan) =>
      actual !== null && Math.abs(actual - expected) <= startSecondsTolerance(plan),
  }),
  check({
    name: 'frame_count',
    expected: ({ declared }) => declared.frames ?? undefined,
    actual: ({ frames, counts }) => sourceFrames(frames, counts),
    agrees: (expected, actual, plan) => within(frameTolerance(plan), expected, actual),
  }),
  check({
    name: 'counted_frames',
    expected: (plan, { counts }) =>
      plan.declared.frames === null ? countedFrames(plan, counts) : undefined,
    actual: ({ frames, counts }) => sourceFrames(frames, counts),
    agrees: (expected, actual, { picture }) =>
      actual !== null &&
      actual <= expected + TOLERANCES.convertedFrames &&
      actual >= expected - startTolerance(expected, picture),
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

/** What can't be decoded at the start of a recording without a header leaves its time empty, so that sound stays in place. */
function startSecondsTolerance({ declared, picture: { timing } }: ProxyExpectation): number {
  const halfFrame = 0.5 / rationalToNumber(timing.rate);
  return declared.frames === null ? TOLERANCES.undecodableStartSeconds : halfFrame;
}

/** Frames of the source in the output: what was repeated or dropped to reach another rate is no loss and no gain. */
function sourceFrames(frames: number | null, counts: RunCounts): number | null {
  return frames === null ? null : frames - counts.duplicatedFrames + counts.droppedFrames;
}

/** Frames by the packets of a source that declares none. Twice as many as its time has room for are fields. */
function countedFrames(
  { declared, picture }: ProxyExpectation,
  counts: RunCounts,
): number | undefined {
  const packets = counts.sourcePackets;
  if (packets === null) return undefined;
  const room = (declared.measuredSeconds ?? Infinity) * rationalToNumber(picture.timing.sourceRate);
  return packets > FIELD_PACKETS * room ? Math.round(packets / 2) : packets;
}

function frameTolerance({ declared, picture }: ProxyExpectation): number {
  if (picture.timing.mode === 'constant') return TOLERANCES.convertedFrames;
  return declared.framesAreCounted ? 0 : TOLERANCES.framesByDuration;
}

function startTolerance(frames: number, { timing }: ProxyExpectation['picture']): number {
  const start = TOLERANCES.undecodableStartSeconds * rationalToNumber(timing.sourceRate);
  return Math.min(start, frames / 2);
}

/**
 * How many frames fill the output's duration at its rate. A hole in the source keeps its time but has no frames, so
 * this finds losses that no header declares. MXF counts frames instead of timing them and can't show holes.
 */
function framesByTime({ picture: { timing }, container }: ProxyExpectation, facts: OutputFacts) {
  const seconds = facts.video && streamDuration(facts.video);
  if (
    timing.mode === 'constant' ||
    timing.variable ||
    CONTAINER_RULES[container].rates !== null ||
    !seconds
  ) {
    return undefined;
  }
  return Math.round(seconds * rationalToNumber(timing.rate));
}

function durationTolerance({ picture: { timing } }: ProxyExpectation): number {
  const frames = timing.variable ? TOLERANCES.variableDurationFrames : TOLERANCES.durationFrames;
  return frames / Math.min(rationalToNumber(timing.rate), rationalToNumber(timing.sourceRate));
}

function roundedSeconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
