import { primaryVideo, rationalToNumber, sourceContainer } from '../media/index.ts';
import { check, shown, type Check } from './check.ts';
import { span } from './extent.ts';
import type { RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/** Frames by which the source's own clock may say less than the pictures that were decoded: that of the last one, and rounding. */
const FRAMES = 1.5;

/**
 * Where one time of a stream goes back by more than a tenth of a second, FFmpeg takes it for another recording and puts all that
 * follows later (`ts_discontinuity_detect` in its `ffmpeg_demux.c`). The packets themselves tell that the clock goes on.
 */
export const MOVED_CLOCK: Check = check<number>({
  name: 'clock_moved_seconds',
  says: (_, actual) =>
    `one time of the source goes back, and FFmpeg shows what follows ${shown(actual)} s late`,
  blames: () => 'source_times',
  remedy: () =>
    'Make a copy at one rate that keeps all others, with its own in the place of 25: “ffmpeg -copyts -start_at_zero -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
  expected: (plan, { counts }) => (movedSeconds(plan, counts) > 0 ? 0 : undefined),
  actual: ({ counts }, plan) => movedSeconds(plan, counts),
});

/** Seconds by which pictures are shown longer than the packets of their stream say; 0 where they agree, or a recording begins again. */
function movedSeconds({ video: { timing } }: ProxyExpectation, counts: RunCounts): number {
  const video = counts.source && primaryVideo(counts.source);
  const { packets, tickSeconds } = video ?? {};
  const promised = counts.source && sourceContainer(counts.source.formatName).promises.duration;
  if (counts.source === null || promised !== null || !packets || !tickSeconds) return 0;
  // Where some packets have no times, the last of them may be one.
  if (packets.times.length < packets.count) return 0;
  const decoded = (counts.frameTimes ?? []).filter(Number.isFinite);
  const frameSeconds = 1 / rationalToNumber(timing.sourceRate);
  const [stored, seen] = [span(packets.times) * tickSeconds, span(decoded)];
  const frames = decoded.length - counts.duplicatedFrames;
  const isWhole = stored > (frames - 1 - FRAMES) * frameSeconds;
  const moved = seen - stored;
  return isWhole && moved > FRAMES * frameSeconds ? Math.round(moved * 1000) / 1000 : 0;
}
