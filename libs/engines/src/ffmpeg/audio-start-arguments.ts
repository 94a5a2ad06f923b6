import { CONFINED_INPUT, fileInput, type MediaInfo, primaryVideo } from '../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { frameZero } from '../proxy/time/clock.ts';
import { filledFromZero, onward } from './audio-filters.ts';
import { audioSources } from './uniform-audio.ts';
import { rawSamples } from './capture-arguments.ts';
import { printedPace } from './sound-pace.ts';

/** Seconds that are read of a file, and at most of one whose sound begins much earlier or later. */
const SECONDS = { read: 8, most: 68 };

/**
 * FFmpeg's arguments, without the program's name, for hearing how the tracks of a source begin, each on the pipe that it has in
 * the pass that encodes. Times are those of the file itself (`-copyts`), and not what FFmpeg makes of them for an encoder: this
 * is how a mistake of that is found. How far samples and times are apart is printed, for {@link soundPaces}.
 */
export function audioStartArguments(plan: ProxyPlan, source: MediaInfo, path: string): string[] {
  const video = primaryVideo(source);
  const zero = video === null ? 0 : frameZero(source, video);
  const farthest = Math.max(0, ...plan.audio.map(({ offset }) => Math.abs(offset)));
  const seconds = Math.min(SECONDS.read + farthest, SECONDS.most);
  const { labels, outputs } = audioSources(0, plan.audio);
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-progress', 'pipe:1'],
    ['-copyts', ...CONFINED_INPUT, ...plan.probeOptions, '-t', seconds.toFixed(3)],
    ['-i', fileInput(path)],
    outputs,
    plan.audio.flatMap((track, position) => {
      const begins = [fromFrame(track, zero), printedPace(position)];
      const chain = [...begins, onward(track), filledFromZero(track)].join(',');
      const label = `[start${position}]`;
      const graph = ['-filter_complex', `${labels[position]}${chain}${label}`];
      return [...graph, '-map', label, ...rawSamples(track, position)];
    }),
  ].flat();
}

/** Moves a track's clock to the first picture. Of a container that counts samples, the first one's time is all that counts. */
function fromFrame({ counted }: AudioPlan, zero: number): string {
  return `asetpts=${counted ? 'STARTPTS+N/SR/TB' : 'PTS'}-${zero.toFixed(6)}/TB`;
}

/**
 * Seconds by which the first sample that is read of a proxy's track comes after its first picture.
 *
 * @param proxy as it was probed.
 */
export function proxyDelay({ encoder }: AudioPlan, proxy: MediaInfo, position: number): number {
  const frame = primaryVideo(proxy)?.startSeconds ?? 0;
  const tracks = proxy.streams.filter(({ kind }) => kind === 'audio');
  const start = tracks[position]?.startSeconds ?? 0;
  // AAC is read from the file's zero on, see `samples`. What Opus has before zero its decoder leaves out.
  const read = { aac: proxy.startSeconds ?? 0, libopus: Math.max(0, start) };
  return (encoder === 'aac' || encoder === 'libopus' ? read[encoder] : start) - frame;
}
