import type { VerificationCheck } from '@app/jobspec';
import { lacksTimes, primaryVideo, rationalToNumber, sourceContainer } from '../media/index.ts';
import { frameZero } from '../proxy/time/clock.ts';
import { extent } from './extent.ts';
import type { OutputFacts, RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/** Packets that a source stores at its ends and no decoder shows. */
export interface LostPackets {
  before: number;
  /** By which the first of these is due before the first frame that is shown. */
  secondsBefore: number;
  after: number;
}

export const NONE_LOST: LostPackets = { before: 0, secondsBefore: 0, after: 0 };

/** Packets; no codec stores a picture farther behind one that is shown later. */
const MOST_REORDERED = 16;
/** Frames behind the last one by which its second field is over. */
const SECOND_FIELD = 0.75;

/**
 * What refers to what a cut has left away, and what lies behind the last frame that can be decoded, by the packets of the source. A key
 * picture that can't be decoded is damage, and no cut. `null` where packets or frames have no times to know them by.
 */
export function lostPackets(plan: ProxyExpectation, { counts }: OutputFacts): LostPackets | null {
  const clocks = onOneClock(counts);
  if (clocks === null) return null;
  const { video, packets, times, first, last, isCut } = clocks;
  const tick = (video.tickSeconds ?? 0) + counts.frameTick;
  const shown = times.findIndex((time) => Math.abs(time - first) <= tick);
  if (shown < 0) return null;
  const early = times.slice(0, shown + MOST_REORDERED + 1).filter((time) => time < first - tick);
  // Of pictures that are reordered, FFmpeg moves what would come before the zero of a copy to its first one.
  const moved = times.filter((time) => Math.abs(time - first) <= tick).length - 1;
  const lost = early.length + (video.reorderedFrames ? moved : 0);
  const end = last + SECOND_FIELD / rationalToNumber(plan.video.timing.sourceRate);
  // A job's own rate may leave out the last frame.
  const isTold = isCut && plan.video.timing.mode === 'passthrough';
  const after = isTold ? times.filter((time) => time > end) : [];
  // The clock jumps ahead, and FFmpeg has taken that for another recording.
  if (after.length > MOST_REORDERED) return null;
  const isDamaged = (times[packets.firstKey ?? shown] ?? first) < first - tick;
  const missing = packets.shown - decodedFrames(counts) * (video.head?.areFields ? 2 : 1);
  const before = isDamaged ? 0 : Math.max(0, Math.min(lost, missing));
  const secondsBefore = before === 0 ? 0 : Math.max(0, first - extent(early)[0]);
  return { before, secondsBefore, after: after.length };
}

/** Packets, and the first frame and the last that are shown, in seconds after the proxy's zero. */
function onOneClock({ source, frameTimes }: RunCounts) {
  const video = source && primaryVideo(source);
  const { packets, tickSeconds } = video ?? {};
  const shown = (frameTimes ?? []).filter((time) => !Number.isNaN(time));
  if (!source || !video || !packets || !tickSeconds || shown.length === 0) return null;
  const { clock, promises } = sourceContainer(source.formatName);
  const isTimed = clock === 'stored' && !lacksTimes(video.head);
  if (!isTimed || packets.times.length < packets.shown) return null;
  const zero = frameZero(source, video);
  const times = packets.times.map((time) => time * tickSeconds - zero);
  const [first, last] = extent(shown);
  // A file that keeps its packets whole has no half one at its end.
  return { video, packets, times, first, last, isCut: promises.duration === null };
}

function decodedFrames(counts: RunCounts): number {
  const { frameTimes, duplicatedFrames, droppedFrames } = counts;
  return (frameTimes?.length ?? 0) - duplicatedFrames + droppedFrames;
}

/** What is said of a good proxy whose source begins or ends with what can't be decoded. */
export function lostWarnings(checks: readonly VerificationCheck[]): string[] {
  const lost = (name: string) => Number(checks.find(({ check }) => check === name)?.actual ?? 0);
  const [atStart, atEnd] = [lost('undecodable_start'), lost('undecodable_end')];
  return [
    ...(atStart > 0
      ? [
          `The source begins between two key pictures: ${atStart === 1 ? 'its first picture' : `its first ${atStart} pictures`} can’t be decoded, and the proxy begins with the next one.`,
        ]
      : []),
    ...(atEnd > 0 ? ['The last picture of the source is cut off and can’t be decoded.'] : []),
  ];
}
