import {
  declaredFrames,
  inFrames,
  primaryVideo,
  rationalToNumber,
  presentedSeconds,
  streamDuration,
  type PacketFacts,
  type VideoStream,
} from '../media/index.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import {
  blamesShort,
  shown,
  within,
  type Check,
  type CheckWords,
  type Comparison,
  roundedSeconds,
  span,
  type OutputFacts,
  type ProxyExpectation,
  type RunCounts,
} from './check.ts';
import { changesPace, losesPlaces, missingAtEnd, lostPackets, NONE_LOST } from './holes.ts';
import { TOLERANCES } from './tolerances.ts';

/** Advice to make a constant-rate copy, in which each frame takes the slot nearest to its time and empty slots repeat the one before. */
export const AT_ONE_RATE =
  'make a copy at one rate, with its own in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”';
const UNEVEN: Pick<Row, 'blames' | 'remedy'> = {
  blames: () => 'source_uneven',
  remedy: () => `Copy the clip again. If it was recorded so, ${AT_ONE_RATE}.`,
};

interface Row extends CheckWords<number, number> {
  compares: (lengths: Lengths) => Comparison;
}

/**
 * Checks of frame counts and durations. Expectations come from the source's header, from its packets where these were read and
 * reach what the header promises, and from the time that the frames span.
 */
const ROWS: readonly Row[] = [
  {
    name: 'start_seconds',
    says: (_, actual) => `its picture starts at ${shown(actual)} s and not at 0`,
    compares: ({ video, rate }) => ({
      expected: 0,
      actual: roundedSeconds(video?.startSeconds ?? 0),
      tolerance: TOLERANCES.startFrames / rate,
    }),
  },
  {
    name: 'frame_count',
    says: (expected, actual) => `it has ${counted(actual)}, the source ${expected}`,
    blames: blamesShort,
    compares: ({ promised, made, promisedTolerance }) => ({
      expected: promised,
      actual: made,
      tolerance: promisedTolerance,
    }),
  },
  {
    name: 'undecodable_start',
    says: (_, actual) =>
      `the source begins between two key pictures: ${shown(actual)} of its pictures can’t be decoded`,
    blames: () => 'source_times',
    remedy: () =>
      'If it should begin earlier, copy it again. If this is all of it, cut it at its first key picture: “ffmpeg -i CLIP -map 0 -c copy NEW.mkv”.',
    compares: ({ before, mostBefore }) => ({
      expected: before > 0 ? 0 : null,
      actual: before,
      tolerance: mostBefore,
    }),
  },
  {
    name: 'undecodable_end',
    says: (_, actual) => `the last ${shown(actual)} pictures of the source can’t be decoded`,
    ...UNEVEN,
    compares: ({ after }) => ({
      expected: after > 0 ? 0 : null,
      actual: after,
      tolerance: TOLERANCES.undecodableEndFrames,
    }),
  },
  {
    name: 'counted_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)}, and the source stores ${expected}${(actual ?? 0) < expected ? ': some of them can’t be decoded' : ''}`,
    ...UNEVEN,
    blames: (expected, actual) =>
      blamesShort(expected, actual) === 'source_short' ? 'source_uneven' : 'output_differs',
    compares: ({ stored, made, rounding, isUndecodable, losesPlaces }) => {
      const agrees = made !== null && made <= (stored ?? 0) + rounding && !isUndecodable;
      // Frames that lost their places can be decoded.
      const expected = losesPlaces ? null : stored;
      return { expected, actual: made, tolerance: rounding, agrees };
    },
  },
  {
    name: 'unbroken_frames',
    says: (expected, actual) =>
      `it has ${counted(actual)} where its length has room for ${expected}: frames are missing in the source, in the middle or at the end`,
    ...UNEVEN,
    compares: ({ room, made, isUndecodable, goesBack }) => {
      const tolerance = TOLERANCES.continuityFrames;
      // If times go back, the last one may be too early, and the length too short for the frames.
      const isLonger = goesBack && (made ?? 0) > (room ?? 0);
      const agrees = isLonger || within(tolerance, room ?? 0, made);
      // Frames that are stored but can't be decoded aren't missing.
      return { expected: isUndecodable ? null : room, actual: made, tolerance, agrees };
    },
  },
  {
    name: 'duration_seconds',
    says: (expected, actual) => `its picture lasts ${shown(actual)} s, the source's ${expected} s`,
    blames: blamesShort,
    compares: ({ seconds, video, pacedSlack, emptySeconds }) => {
      const actual = roundedSeconds(video && streamDuration(video));
      const isNear = (empty: number) => within(pacedSlack, (seconds ?? 0) - empty, actual);
      const agrees = isNear(0) || isNear(emptySeconds);
      return { expected: seconds, actual, tolerance: pacedSlack, agrees };
    },
  },
  {
    name: 'container_duration_seconds',
    says: (expected, actual) => `it lasts ${shown(actual)} s, the source ${expected} s`,
    blames: blamesShort,
    compares: ({ longest, media, slack }) => ({
      expected: longest,
      actual: roundedSeconds(media.durationSeconds),
      tolerance: slack + TOLERANCES.audioSeconds,
    }),
  },
];

/** Checks of lengths, in the order in which results list them. */
export const LENGTH_CHECKS: readonly Check[] = ROWS.map(toCheck);

function toCheck({ compares, ...row }: Row): Check {
  return { ...row, compare: (plan, facts) => compares(measure(plan, facts)) };
}

type Lengths = ReturnType<typeof measure>;
type Packets = ReturnType<typeof byPackets>;

/** Frame counts and durations from header, packets and output; `null` where there are none. */
function measure(plan: ProxyExpectation, facts: OutputFacts) {
  const { timing } = plan.video;
  const { declared } = plan;
  const { counts, video, media } = facts;
  const packets = byPackets(plan, facts);
  const { stored, unsure, known } = packets;
  const isPaced = changesPace(plan, counts);
  const made = sourceFrames(plan, facts);
  // FFmpeg's counts may be off by one frame when it repeats and drops some, and so may those of a stream whose packets are
  // fields.
  const converted = timing.mode === 'constant' ? TOLERANCES.convertedFrames : 0;
  const rounding = declared.frames === null ? TOLERANCES.convertedFrames : converted;
  return {
    ...packets,
    video,
    media,
    rate: rationalToNumber(timing.rate),
    made,
    // If a recording changes its rate, no frame count follows from its duration.
    promised: known || (isPaced && !declared.framesAreCounted) ? null : declared.frames,
    promisedTolerance: declared.framesAreCounted ? rounding : TOLERANCES.framesByDuration,
    rounding,
    room: isPaced ? null : roomFor(plan, facts, packets),
    mostBefore: mostBefore(plan),
    isUndecodable: stored !== null && made !== null && made < stored - converted - unsure,
    losesPlaces: losesPlaces(plan, counts),
    goesBack: counts.goesBack === true,
    seconds: declared.seconds === null ? null : roundedSeconds(known?.seconds ?? declared.seconds),
    longest: roundedSeconds(longestSeconds(plan, facts, packets)),
    slack: slackOf(plan),
    pacedSlack: slackOf(plan, isPaced ? counts : null),
  };
}

/**
 * Source frames in the output. Frames repeated or dropped to reach a rate are neither gain nor loss; with frame slots, a dropped
 * frame is lost. FFmpeg may write a frame that it counts as dropped.
 */
function sourceFrames({ video }: ProxyExpectation, { frames, counts }: OutputFacts): number | null {
  if (frames === null) return null;
  const dropped = video.clock?.usesFrameSlots ? 0 : counts.droppedFrames;
  return frames - counts.duplicatedFrames + dropped;
}

const UNREAD = { before: 0, after: 0, stored: null, unsure: 0, known: null, emptySeconds: 0 };

/** Facts from the packets of a source that was read to its end. */
function byPackets(plan: ProxyExpectation, facts: OutputFacts) {
  const video = facts.counts.source && primaryVideo(facts.counts.source);
  if (!video?.packets) return UNREAD;
  const { packets, tickSeconds } = video;
  const lost = lostPackets(plan, facts);
  const { before, secondsBefore, after } = lost ?? NONE_LOST;
  const decodable = (count: number) => inFrames(count - before - after, video);
  const [all, seconds] = [decodable(packets.count), presentedSeconds(video)];
  const isKnown = seconds !== null && reachesPromise(plan, video, packets);
  const isPromised = plan.declared.frames !== null;
  const byStart = isPromised ? 0 : Math.min(mostBefore(plan), all / 2);
  return {
    /** Undecodable frames at its ends. */
    before: inFrames(before, video),
    after: inFrames(after, video),
    /** Decodable frames; `null` if they fall short of what a header promises. */
    stored: isPromised ? (isKnown ? decodable(packets.shown) : null) : all,
    /** Number of frames that may be stored without being shown. */
    unsure: lost === null ? byStart : hiddenFrames(video, packets),
    /**
     * Duration shown, if it reaches what the header promises: packets know better what an edit list hides, which slots are empty,
     * and what follows. `null` if it falls short of the promise, which then stands.
     */
    known: isKnown ? { seconds: seconds - secondsBefore } : null,
    /** Duration of the slots marked as empty: a decoder that reorders shows its first frame only after such slots. */
    emptySeconds: (packets.markedEmpty ?? 0) * (tickSeconds ?? 0),
  };
}

/** True if there are as many packets as the header counts, some are hidden, or, without a count, they last as long as promised. */
function reachesPromise(plan: ProxyExpectation, video: VideoStream, packets: PacketFacts): boolean {
  const { frames, framesAreCounted, seconds, containerSeconds, guarantees } = plan.declared;
  const { count, shown, end } = packets;
  const promised = declaredFrames(video) ?? frames;
  const least = framesAreCounted ? 0 : TOLERANCES.framesByDuration;
  if (count > shown || (promised !== null && count >= promised - least)) return true;
  if (framesAreCounted && guarantees.count !== 'slots') return false;
  // For a fragmented file, FFmpeg reports as its length the end of the last fragment on the file's clock, though the first one
  // may begin later than zero.
  const lasts = Math.max(presentedSeconds(video) ?? 0, (end ?? 0) * (video.tickSeconds ?? 0));
  return lasts >= (seconds ?? containerSeconds ?? Infinity) - slackOf(plan);
}

/** Mean ticks per frame from which on a single tick is too short for a frame. */
const FINE_CLOCK = 4;

/**
 * Number of hidden frames in a codec that doesn't reorder: libvpx gives them the time of the next frame, or a tick more than that
 * of the frame before.
 */
function hiddenFrames({ reorderedFrames }: VideoStream, { times }: PacketFacts): number {
  if (reorderedFrames) return 0;
  const nearest = span(times) >= FINE_CLOCK * times.length ? 1 : 0;
  return times.filter((time, n) => time - (times[n - 1] ?? -Infinity) <= nearest).length;
}

/** Largest number of frames at the start of a source that may refer to what was cut away. */
function mostBefore({ video: { timing } }: ProxyExpectation): number {
  return TOLERANCES.undecodableStartSeconds * rationalToNumber(timing.sourceRate);
}

/**
 * Frames that fill the output's duration at its rate. A gap in the source keeps its time but has no frames, so this finds
 * losses that no header declares. MXF counts frames: its gaps were filled, and FFmpeg counted the repeats.
 */
function roomFor(plan: ProxyExpectation, facts: OutputFacts, { stored }: Packets): number | null {
  const { timing, clock } = plan.video;
  // Empty slots are intended gaps.
  if (plan.declared.guarantees.count === 'slots') return null;
  const missing = missingAtEnd(plan, facts.counts);
  if (clock?.usesFrameSlots) return facts.frames === null ? null : facts.frames - missing;
  if (clock?.constantRate) return roomBetweenTimes(plan, facts, stored);
  const seconds = facts.video && streamDuration(facts.video);
  if (timing.mode === 'constant' || timing.variable || !seconds) return null;
  if (CONTAINER_RULES[plan.container].rates !== null) return null;
  return Math.round(seconds * rationalToNumber(timing.rate)) - missing;
}

/**
 * Frame count implied by the first and last PTS of a constant-rate stream most of whose packets have none; `null` unless it
 * exceeds the stored count.
 */
function roomBetweenTimes(plan: ProxyExpectation, facts: OutputFacts, stored: number | null) {
  const source = facts.counts.source && primaryVideo(facts.counts.source);
  const seconds = (source && presentedSeconds(source)) ?? 0;
  const room = Math.round(seconds * rationalToNumber(plan.video.timing.sourceRate));
  return plan.declared.guarantees.duration === null && room > (stored ?? room) ? room : null;
}

/** Seconds of the longest stream: by its header, or by packets if those give more and the proxy is nearer to that. */
function longestSeconds(
  plan: ProxyExpectation,
  { counts, media }: OutputFacts,
  { known }: Packets,
) {
  const { seconds, containerSeconds } = plan.declared;
  if (seconds !== null || containerSeconds === null) return null;
  const streams = known ? (counts.source?.streams ?? []) : [];
  const stored = Math.max(containerSeconds, ...streams.map((one) => presentedSeconds(one) ?? 0));
  const isNearer = (media.durationSeconds ?? 0) > (containerSeconds + stored) / 2;
  return isNearer ? stored : containerSeconds;
}

/**
 * Seconds by which a length may be off. If frame durations vary, the last frame may last for any time.
 *
 * @param paced counts of a source whose rate changes; `null` for others.
 */
function slackOf(
  { declared, video: { timing } }: ProxyExpectation,
  paced: RunCounts | null = null,
) {
  const slot = 1 / Math.min(rationalToNumber(timing.rate), rationalToNumber(timing.sourceRate));
  if (!timing.variable && paced === null) return TOLERANCES.durationFrames * slot;
  const pictures = (paced?.frameTimes?.length ?? 0) - (paced?.duplicatedFrames ?? 0);
  const frames = timing.variable ? declared.frames : pictures;
  const average = frames ? (declared.seconds ?? 0) / frames : 0;
  return TOLERANCES.variableDurationFrames * Math.max(slot, average);
}

function counted(frames: number | null): string {
  return frames === 1 ? '1 frame' : `${shown(frames)} frames`;
}
