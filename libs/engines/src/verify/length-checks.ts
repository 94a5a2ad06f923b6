import {
  declaredFrames,
  primaryVideo,
  rationalToNumber,
  shownSeconds,
  streamDuration,
  type VideoStream,
} from '../media/index.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import { blamesShort, check, shown, within, type Check, roundedSeconds } from './check.ts';
import { changesPace, missingAtEnd } from './holes.ts';
import type { OutputFacts, RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';
import { TOLERANCES } from './tolerances.ts';

/** Packets for each frame's time, above which they are fields: halfway between one and two. */
const FIELD_PACKETS = 1.5;

export const LENGTH_CHECKS: readonly Check[] = [
  check<number>({
    name: 'start_seconds',
    says: (_, actual) => `its picture starts at ${shown(actual)} s and not at 0`,
    expected: () => 0,
    actual: ({ video }) => roundedSeconds(video?.startSeconds ?? 0),
    agrees: (expected, actual, plan) =>
      actual !== null &&
      Math.abs(actual - expected) <= 0.5 / rationalToNumber(plan.video.timing.rate),
  }),
  check<number>({
    name: 'frame_count',
    says: (expected, actual) => `it has ${counted(actual)}, the source ${expected}`,
    blames: blamesShort,
    expected: (plan, facts) => expectedFrames(plan, facts) ?? undefined,
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    agrees: (expected, actual, plan) => within(frameTolerance(plan), expected, actual),
  }),
  check<number>({
    name: 'counted_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)}, and ${expected} were counted in the source`,
    blames: blamesShort,
    expected: (plan, { counts }) =>
      plan.declared.frames === null ? countedFrames(plan, counts) : undefined,
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    agrees: (expected, actual, { video }) =>
      actual !== null &&
      actual <= expected + TOLERANCES.convertedFrames &&
      actual >= expected - startTolerance(expected, video),
  }),
  check<number>({
    name: 'unbroken_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)} where its length has room for ${expected}: frames are missing in the source, in the middle or at the end`,
    blames: () => 'source_uneven',
    remedy: () =>
      'Copy the clip again. If it was recorded so, make a copy without holes, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
    expected: (plan, facts) => framesByTime(plan, facts),
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    agrees: (expected, actual) => within(TOLERANCES.continuityFrames, expected, actual),
  }),
  check<number>({
    name: 'duration_seconds',
    says: (expected, actual) => `its picture lasts ${shown(actual)} s, the source's ${expected} s`,
    blames: blamesShort,
    expected: (plan, facts) => roundedSeconds(expectedSeconds(plan, facts)) ?? undefined,
    actual: ({ video }) => roundedSeconds(video && streamDuration(video)),
    agrees: (expected, actual, plan, { counts }) =>
      within(durationTolerance(plan, counts), expected, actual),
  }),
  check<number>({
    name: 'container_duration_seconds',
    says: (expected, actual) => `it lasts ${shown(actual)} s, the source ${expected} s`,
    blames: blamesShort,
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
 * The header's promise, less what an edit list hides, or what slots of an AVI are empty that all are there. FFmpeg shows
 * pictures after the end of an edit until the next one that needs no other.
 */
function expectedFrames(plan: ProxyExpectation, { counts }: OutputFacts): number | null {
  const { frames, framesAreCounted, frameCountFrom, seconds } = plan.declared;
  if (!framesAreCounted && changesPace(plan, counts)) return null;
  const video = counts.source && primaryVideo(counts.source);
  if (frames === null || !video?.packets) return frames;
  const { count, shown } = video.packets;
  if (frameCountFrom === 'index') return isKnown(plan, video, count > shown) ? shown : frames;
  const isWhole = within(durationTolerance(plan), seconds ?? Infinity, secondsOfSlots(plan, video));
  return frameCountFrom === 'slots' && isWhole ? count : frames;
}

/** Seconds to the end of the last packet, or of the empty slots for which it stays. */
function secondsOfSlots({ video: { clock } }: ProxyExpectation, video: VideoStream) {
  const shown = shownSeconds(video);
  const stays = (clock?.lastStays ?? 1) - 1;
  return shown === null ? null : shown + stays * (video.tickSeconds ?? 0);
}

/** What is shown, where the header's promise differs from it by no more than an edit list hides. */
function expectedSeconds(plan: ProxyExpectation, { counts }: OutputFacts): number | null {
  const { seconds, frameCountFrom } = plan.declared;
  const video = counts.source && primaryVideo(counts.source);
  const shown = video && shownSeconds(video);
  if (seconds === null || frameCountFrom !== 'index' || !video?.packets || shown === null)
    return seconds;
  if (isEnd(plan, video)) return shown;
  const hidden = video.packets.count - video.packets.shown;
  const most = shown + hidden / rationalToNumber(plan.video.timing.sourceRate);
  const tolerance = durationTolerance(plan);
  return hidden > 0 && seconds >= shown - tolerance && seconds <= most + tolerance
    ? shown
    : seconds;
}

/** Whether the packets know better than a header that hides some, has those of its fragments to come, or ends early. */
function isKnown(plan: ProxyExpectation, video: VideoStream, hides: boolean): boolean {
  const count = video.packets?.count ?? 0;
  const isMore = count > (plan.declared.frames ?? 0);
  return hides || isMore || count === declaredFrames(video) || isEnd(plan, video);
}

/** Of fragments FFmpeg gives the end of the last one on the file's clock for their length, though they may begin later. */
function isEnd(plan: ProxyExpectation, { packets, tickSeconds }: VideoStream): boolean {
  const { seconds, framesAreCounted } = plan.declared;
  if (framesAreCounted || seconds === null || !packets?.end || !tickSeconds) return false;
  return within(durationTolerance(plan), seconds, packets.end * tickSeconds);
}

/**
 * Frames of the source in the output: what was repeated or dropped to reach a rate is no loss and no gain. Where each has a place of
 * its own, a dropped one is lost; FFmpeg may count one as dropped that it writes.
 */
function sourceFrames(
  frames: number | null,
  { duplicatedFrames, droppedFrames }: RunCounts,
  { video: { clock } }: ProxyExpectation,
): number | null {
  if (frames === null) return null;
  return frames - duplicatedFrames + (clock?.fillsEverySlot ? 0 : droppedFrames);
}

/** Frames by the packets of a source that declares none. Twice as many as its time has room for are fields. */
function countedFrames(
  { declared, video }: ProxyExpectation,
  counts: RunCounts,
): number | undefined {
  const packets = (counts.source && primaryVideo(counts.source)?.packets?.count) ?? null;
  if (packets === null) return undefined;
  const room = (declared.measuredSeconds ?? Infinity) * rationalToNumber(video.timing.sourceRate);
  return packets > FIELD_PACKETS * room ? Math.round(packets / 2) : packets;
}

function frameTolerance({ declared, video }: ProxyExpectation): number {
  if (video.timing.mode === 'constant') return TOLERANCES.convertedFrames;
  return declared.framesAreCounted ? 0 : TOLERANCES.framesByDuration;
}

function startTolerance(frames: number, { timing }: ProxyExpectation['video']): number {
  const start = TOLERANCES.undecodableStartSeconds * rationalToNumber(timing.sourceRate);
  return Math.min(start, frames / 2);
}

/**
 * How many frames fill the output's duration at its rate. A hole in the source keeps its time but has no frames, so
 * this finds losses that no header declares. MXF counts frames: there holes were filled, and FFmpeg has counted with what.
 */
function framesByTime(plan: ProxyExpectation, facts: OutputFacts) {
  const { timing, clock } = plan.video;
  // Empty slots are holes that the source means.
  if (plan.declared.frameCountFrom === 'slots' || changesPace(plan, facts.counts)) return undefined;
  const missing = missingAtEnd(plan, facts.counts);
  if (clock?.fillsEverySlot) return facts.frames === null ? undefined : facts.frames - missing;
  const seconds = facts.video && streamDuration(facts.video);
  if (timing.mode === 'constant' || timing.variable || !seconds) return undefined;
  if (CONTAINER_RULES[plan.container].rates !== null) return undefined;
  return Math.round(seconds * rationalToNumber(timing.rate)) - missing;
}

/** Where pictures stay for different times, the last one may stay for any. */
function durationTolerance(plan: ProxyExpectation, counts?: RunCounts): number {
  const { timing } = plan.video;
  const slot = 1 / Math.min(rationalToNumber(timing.rate), rationalToNumber(timing.sourceRate));
  const isPaced = counts !== undefined && changesPace(plan, counts);
  if (!timing.variable && !isPaced) return TOLERANCES.durationFrames * slot;
  const pictures = (counts?.frameTimes?.length ?? 0) - (counts?.duplicatedFrames ?? 0);
  const frames = isPaced ? pictures : plan.declared.frames;
  const average = frames ? (plan.declared.seconds ?? 0) / frames : 0;
  return TOLERANCES.variableDurationFrames * Math.max(slot, average);
}

function counted(frames: number | null): string {
  return frames === 1 ? '1 frame' : `${shown(frames)} frames`;
}
