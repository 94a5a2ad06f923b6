import {
  declaredFrames,
  inFrames,
  primaryVideo,
  rationalToNumber,
  shownSeconds,
  streamDuration,
  type PacketFacts,
  type VideoStream,
} from '../media/index.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import {
  blamesShort,
  check,
  shown,
  within,
  type Check,
  roundedSeconds,
  span,
  type OutputFacts,
  type RunCounts,
  type ProxyExpectation,
} from './check.ts';
import { changesPace, losesPlaces, missingAtEnd, lostPackets, NONE_LOST } from './holes.ts';
import { TOLERANCES } from './tolerances.ts';

/** A copy that shows each frame at the place next to its time, and the one before once more where there is none. */
export const AT_ONE_RATE =
  'make a copy at one rate, with its own in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”';
const WITHOUT_HOLES = `Copy the clip again. If it was recorded so, ${AT_ONE_RATE}.`;

export const LENGTH_CHECKS: readonly Check[] = [
  check<number>({
    name: 'start_seconds',
    says: (_, actual) => `its picture starts at ${shown(actual)} s and not at 0`,
    expected: () => 0,
    actual: ({ video }) => roundedSeconds(video?.startSeconds ?? 0),
    tolerance: ({ video }) => 0.5 / rationalToNumber(video.timing.rate),
  }),
  check<number>({
    name: 'frame_count',
    says: (expected, actual) => `it has ${counted(actual)}, the source ${expected}`,
    blames: blamesShort,
    expected: promisedFrames,
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    tolerance: (plan) =>
      plan.declared.framesAreCounted ? convertedFrames(plan) : TOLERANCES.framesByDuration,
  }),
  check<number>({
    name: 'undecodable_start',
    says: (_, actual) =>
      `the source begins between two key pictures: ${shown(actual)} of its pictures can’t be decoded`,
    blames: () => 'source_times',
    remedy: () =>
      'If it should begin earlier, copy it again. If this is all of it, cut it at its first key picture: “ffmpeg -i CLIP -map 0 -c copy NEW.mkv”.',
    expected: (plan, facts) => (lostFrames(plan, facts, 'before') > 0 ? 0 : undefined),
    actual: (facts, plan) => lostFrames(plan, facts, 'before'),
    tolerance: ({ video }) => startFrames(video),
  }),
  check<number>({
    name: 'undecodable_end',
    says: (_, actual) => `the last ${shown(actual)} pictures of the source can’t be decoded`,
    blames: () => 'source_uneven',
    remedy: () => WITHOUT_HOLES,
    expected: (plan, facts) => (lostFrames(plan, facts, 'after') > 0 ? 0 : undefined),
    actual: (facts, plan) => lostFrames(plan, facts, 'after'),
    tolerance: () => 1,
  }),
  check<number>({
    name: 'counted_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)}, and the source stores ${expected}${(actual ?? 0) < expected ? ': some of them can’t be decoded' : ''}`,
    blames: (expected, actual) =>
      blamesShort(expected, actual) === 'source_short' ? 'source_uneven' : 'output_differs',
    remedy: () => WITHOUT_HOLES,
    // What has lost its place can be decoded.
    expected: (plan, facts) =>
      losesPlaces(plan, facts.counts) ? undefined : countedFrames(plan, facts),
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    tolerance: convertedFrames,
    agrees: (expected, actual, plan, facts) =>
      actual !== null && actual <= expected + convertedFrames(plan) && !isUndecodable(plan, facts),
  }),
  check<number>({
    name: 'unbroken_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)} where its length has room for ${expected}: frames are missing in the source, in the middle or at the end`,
    blames: () => 'source_uneven',
    remedy: () => WITHOUT_HOLES,
    // What is stored and can't be decoded isn't missing.
    expected: (plan, facts) => (isUndecodable(plan, facts) ? undefined : framesByTime(plan, facts)),
    actual: ({ frames, counts }, plan) => sourceFrames(frames, counts, plan),
    tolerance: () => TOLERANCES.continuityFrames,
    // Where a time goes back, so does the end.
    agrees: (expected, actual, _, { counts }) =>
      within(TOLERANCES.continuityFrames, expected, actual) ||
      (counts.goesBack === true && (actual ?? 0) > expected),
  }),
  check<number>({
    name: 'duration_seconds',
    says: (expected, actual) => `its picture lasts ${shown(actual)} s, the source's ${expected} s`,
    blames: blamesShort,
    expected: (plan, facts) => roundedSeconds(expectedSeconds(plan, facts)) ?? undefined,
    actual: ({ video }) => roundedSeconds(video && streamDuration(video)),
    tolerance: (plan, { counts }) => durationTolerance(plan, counts),
    agrees: (expected, actual, plan, { counts }) =>
      [expected, expected - markedSeconds(counts)].some((seconds) =>
        within(durationTolerance(plan, counts), seconds, actual),
      ),
  }),
  check<number>({
    name: 'container_duration_seconds',
    says: (expected, actual) => `it lasts ${shown(actual)} s, the source ${expected} s`,
    blames: blamesShort,
    expected: expectedContainerSeconds,
    actual: ({ media }) => roundedSeconds(media.durationSeconds),
    tolerance: (plan) => durationTolerance(plan) + TOLERANCES.audioSeconds,
  }),
];

/**
 * What the packets of a source show, where they reach what its header promises: then they know better what an edit list hides,
 * which slots are empty, and what goes on. `null` where they weren't read, and where they fall short: then the promise stands.
 */
function shownByPackets(
  plan: ProxyExpectation,
  facts: OutputFacts,
): { frames: number; seconds: number } | null {
  const { source } = facts.counts;
  const video = source && primaryVideo(source);
  const shown = video && shownSeconds(video);
  if (!video?.packets || shown === null) return null;
  const { packets, tickSeconds: tick } = video;
  // Of fragments FFmpeg gives the end of the last one on the file's clock for their length, though they may begin later.
  const end = Math.max(shown, (packets.end ?? 0) * (tick ?? 0));
  const isShown = hasAll(plan, video, packets) || lastsAsPromised(plan, end);
  const { before, secondsBefore, after } = lostPackets(plan, facts) ?? NONE_LOST;
  const frames = inFrames(packets.shown - before - after, video);
  return isShown ? { frames, seconds: shown - secondsBefore } : null;
}

/** Frames at an end of the source that can't be decoded. */
function lostFrames(plan: ProxyExpectation, facts: OutputFacts, end: 'before' | 'after'): number {
  const video = facts.counts.source && primaryVideo(facts.counts.source);
  return video ? inFrames(lostPackets(plan, facts)?.[end] ?? 0, video) : 0;
}

/** Whether there are as many packets as are counted, or some are hidden. */
function hasAll(
  { declared: { frames, framesAreCounted } }: ProxyExpectation,
  video: VideoStream,
  { count, shown }: PacketFacts,
): boolean {
  const promised = declaredFrames(video) ?? frames;
  const least = framesAreCounted ? 0 : TOLERANCES.framesByDuration;
  return count > shown || (promised !== null && count >= promised - least);
}

/** Whether packets reach the length that is promised, where no count of frames is. */
function lastsAsPromised(plan: ProxyExpectation, end: number): boolean {
  const { framesAreCounted, seconds, containerSeconds, promises } = plan.declared;
  const isLength = !framesAreCounted || promises.count === 'slots';
  return isLength && end >= (seconds ?? containerSeconds ?? Infinity) - durationTolerance(plan);
}

/** Frames by the header of the source, where its packets don't tell. A length tells none of a recording that goes on at another pace. */
function promisedFrames(plan: ProxyExpectation, facts: OutputFacts): number | undefined {
  const { frames, framesAreCounted } = plan.declared;
  const isGuess = !framesAreCounted && changesPace(plan, facts.counts);
  return isGuess || shownByPackets(plan, facts) ? undefined : (frames ?? undefined);
}

function expectedSeconds(plan: ProxyExpectation, facts: OutputFacts): number | null {
  const { seconds } = plan.declared;
  return seconds === null ? null : (shownByPackets(plan, facts)?.seconds ?? seconds);
}

/** Slots that are marked as empty: a decoder that reorders shows the first picture only after those behind it. */
function markedSeconds({ source }: RunCounts): number {
  const video = source && primaryVideo(source);
  return (video?.packets?.markedEmpty ?? 0) * (video?.tickSeconds ?? 0);
}

/** Seconds of the longest stream: by its header, or by packets where those are more and as many as the proxy has. */
function expectedContainerSeconds(plan: ProxyExpectation, facts: OutputFacts): number | undefined {
  const { counts, media } = facts;
  const { seconds, containerSeconds } = plan.declared;
  if (seconds !== null || containerSeconds === null) return undefined;
  const known = shownByPackets(plan, facts);
  const streams = known === null ? [] : (counts.source?.streams ?? []);
  const stored = Math.max(containerSeconds, ...streams.map((one) => shownSeconds(one) ?? 0));
  const isNearer = (media.durationSeconds ?? 0) > (containerSeconds + stored) / 2;
  return roundedSeconds(isNearer ? stored : containerSeconds) ?? undefined;
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

/** Frames by the packets of the source, where they are as many as it promises or it promises none, less those at its ends that can't be decoded. */
function countedFrames(plan: ProxyExpectation, facts: OutputFacts): number | undefined {
  const { source } = facts.counts;
  const video = source && primaryVideo(source);
  if (!video?.packets) return undefined;
  if (plan.declared.frames !== null) return shownByPackets(plan, facts)?.frames;
  const { before, after } = lostPackets(plan, facts) ?? NONE_LOST;
  return inFrames(video.packets.count - before - after, video);
}

/** Whether fewer frames were made than are stored. */
function isUndecodable(plan: ProxyExpectation, facts: OutputFacts): boolean {
  const stored = countedFrames(plan, facts);
  const made = sourceFrames(facts.frames, facts.counts, plan);
  if (stored === undefined || made === null) return false;
  const converted = plan.video.timing.mode === 'constant' ? TOLERANCES.convertedFrames : 0;
  return made < stored - converted - uncertainFrames(stored, plan, facts);
}

/** Frames by which FFmpeg may be off that repeats and drops some, and a stream whose fields are packets. */
function convertedFrames({ declared, video }: ProxyExpectation): number {
  const isExact = video.timing.mode === 'passthrough' && declared.frames !== null;
  return isExact ? 0 : TOLERANCES.convertedFrames;
}

/** Ticks that frames are apart in the mean, from which on one tick is no frame. */
const FINE_CLOCK = 4;

/**
 * Frames that may be counted and not shown. Where their times tell, those that a codec hides which reorders none: libvpx gives them the
 * time of the next frame, or of the one before and a tick.
 */
function uncertainFrames(counted: number, plan: ProxyExpectation, facts: OutputFacts): number {
  if (lostPackets(plan, facts) === null)
    return plan.declared.frames === null ? Math.min(startFrames(plan.video), counted / 2) : 0;
  const video = facts.counts.source && primaryVideo(facts.counts.source);
  if (!video?.packets || video.reorderedFrames) return 0;
  const { times } = video.packets;
  const nearest = span(times) >= FINE_CLOCK * times.length ? 1 : 0;
  return times.filter((time, n) => time - (times[n - 1] ?? -Infinity) <= nearest).length;
}

/** Frames at the start of a source that may refer to what was cut away. */
function startFrames({ timing }: ProxyExpectation['video']): number {
  return TOLERANCES.undecodableStartSeconds * rationalToNumber(timing.sourceRate);
}

/**
 * How many frames fill the output's duration at its rate. A hole in the source keeps its time but has no frames, so
 * this finds losses that no header declares. MXF counts frames: there holes were filled, and FFmpeg has counted with what.
 */
function framesByTime(plan: ProxyExpectation, facts: OutputFacts) {
  const { timing, clock } = plan.video;
  // Empty slots are holes that the source means.
  if (plan.declared.promises.count === 'slots' || changesPace(plan, facts.counts)) return undefined;
  const missing = missingAtEnd(plan, facts.counts);
  if (clock?.fillsEverySlot) return facts.frames === null ? undefined : facts.frames - missing;
  if (clock?.constantRate) return roomBetweenTimes(plan, facts);
  const seconds = facts.video && streamDuration(facts.video);
  if (timing.mode === 'constant' || timing.variable || !seconds) return undefined;
  if (CONTAINER_RULES[plan.container].rates !== null) return undefined;
  return Math.round(seconds * rationalToNumber(timing.rate)) - missing;
}

/** Frames between the first and the last time of a stream whose pictures are shown at a rate, as many have none; no more than it stores tell nothing. */
function roomBetweenTimes(plan: ProxyExpectation, facts: OutputFacts) {
  const { declared, video } = plan;
  const source = facts.counts.source && primaryVideo(facts.counts.source);
  const { first, end } = source?.packets ?? {};
  if (declared.promises.duration !== null || first == null || end == null) return undefined;
  const seconds = (end - first) * (source?.tickSeconds ?? 0);
  const room = Math.round(seconds * rationalToNumber(video.timing.sourceRate));
  return room > (countedFrames(plan, facts) ?? room) ? room : undefined;
}

/** Where pictures stay for different times, the last one may stay for any. */
function durationTolerance(plan: ProxyExpectation, counts?: RunCounts): number {
  const { timing } = plan.video;
  const slot = 1 / Math.min(rationalToNumber(timing.rate), rationalToNumber(timing.sourceRate));
  if (!timing.variable && !(counts && changesPace(plan, counts)))
    return TOLERANCES.durationFrames * slot;
  const pictures = (counts?.frameTimes?.length ?? 0) - (counts?.duplicatedFrames ?? 0);
  const frames = timing.variable ? plan.declared.frames : pictures;
  const average = frames ? (plan.declared.seconds ?? 0) / frames : 0;
  return TOLERANCES.variableDurationFrames * Math.max(slot, average);
}

function counted(frames: number | null): string {
  return frames === 1 ? '1 frame' : `${shown(frames)} frames`;
}
