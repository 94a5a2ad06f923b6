import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { printedIn } from './ffmpeg-log.ts';
import { CONFINED_INPUT, fileInput, type MediaInfo, primaryVideo } from '../media/index.ts';
import { frameZero } from '../proxy/time/clock.ts';
import { filledFromZero, continuousPts } from './audio-arguments.ts';
import { rawSamples } from './capture-arguments.ts';

/** Seconds by which samples and times of a track may differ: codecs begin with blocks that aren't heard, and recorders' times jitter. */
const LEAST_SECONDS = 0.1;
/** Factor by which the difference must grow to be printed again. */
const STEP = 1.1;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/**
 * Parts of a printed number: the last six digits are the time in milliseconds, the six before them the difference in
 * milliseconds, and the rest is the track and the sign of the difference.
 */
const [DIFFERENCE, TRACK] = [1e6, 1e12];

/** Difference between the samples of a track's start and their times. */
export interface SoundPace {
  /** Index among the tracks, from 0. */
  position: number;
  /** Seconds of samples beyond what their times leave room for; negative if the samples fill less. */
  surplusSeconds: number;
  /** Seconds, by the times, from the track's start to where the surplus was measured. */
  seconds: number;
}

/** Filter that prints the difference between the duration of a track's samples so far, `N`, and that of their times. */
export function printedPace(position: number): string {
  const track = `${2 * (position + 1)}+lt(ld(0)\\,0)`;
  const number = `(${track})*${TRACK}+floor(1000*ld(1))*${DIFFERENCE}+floor(1000*ld(2))`;
  const report = `0*st(1\\,abs(ld(0)))*print(${number}\\,${WARNING_LEVEL})`;
  const surplus = 'N/SR-st(2\\,(PTS-STARTPTS)*TB)';
  return `asetpts=PTS+if(gt(abs(st(0\\,${surplus}))\\,max(${LEAST_SECONDS}\\,${STEP}*ld(1)))\\,${report})`;
}

/** Last difference printed for each track; none for tracks whose samples and times agree. */
export function soundPaces(stderr: string): SoundPace[] {
  const paces = new Map<number, SoundPace>();
  for (const number of stderr.split('\n').map(printedIn)) {
    if (number === null) continue;
    const track = Math.floor(number / TRACK);
    const difference = Math.floor((number % TRACK) / DIFFERENCE) / 1000;
    const position = Math.floor(track / 2) - 1;
    const surplusSeconds = track % 2 === 1 ? -difference : difference;
    paces.set(position, { position, surplusSeconds, seconds: (number % DIFFERENCE) / 1000 });
  }
  return [...paces.values()];
}

/** Warnings about tracks with printed differences: surplus samples are cut, and silence is put in for missing ones. */
export function soundPaceWarnings(audio: readonly AudioPlan[], stderr: string): string[] {
  return soundPaces(stderr).map(({ position, surplusSeconds, seconds }) => {
    const stream = audio[position]?.streamIndex;
    const amount = `${Math.abs(surplusSeconds).toFixed(2)} s`;
    const begin = `Audio track ${stream} has ${amount} of sound`;
    const where = `than its times leave room for in its first ${seconds.toFixed(1)} s`;
    const rest = 'If that goes on, its header names a wrong sample rate. Listen to the proxy.';
    return surplusSeconds > 0
      ? `${begin} more ${where}: the excess is cut. ${rest}`
      : `${begin} less ${where}: silence is put in. ${rest}`;
  });
}

/** Seconds read of a file, and the most for one whose audio begins much earlier or later. */
const SECONDS = { read: 8, most: 68 };

/**
 * FFmpeg's arguments, without the program's name, to decode the start of a source's tracks, each on its pipe of the encoding
 * pass. Times are those of the file itself (`-copyts`) and not those that FFmpeg derives for an encoder, so that mistakes in the
 * latter are found. Differences between samples and times are printed, for {@link soundPaces}.
 */
export function audioStartArguments(plan: ProxyPlan, source: MediaInfo, path: string): string[] {
  const video = primaryVideo(source);
  const zero = video === null ? 0 : frameZero(source, video);
  const farthest = Math.max(0, ...plan.audio.map(({ offset }) => Math.abs(offset)));
  const seconds = Math.min(SECONDS.read + farthest, SECONDS.most);
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-progress', 'pipe:1'],
    ['-copyts', ...CONFINED_INPUT, ...plan.probeOptions, '-t', seconds.toFixed(3)],
    ['-i', fileInput(path)],
    plan.audio.flatMap((track, position) => {
      const begins = [fromFrame(track, zero), printedPace(position)];
      const chain = [...begins, continuousPts(track), filledFromZero(track)].join(',');
      const label = `[start${position}]`;
      const graph = ['-filter_complex', `[0:${track.streamIndex}]${chain}${label}`];
      return [...graph, '-map', label, ...rawSamples(track, position)];
    }),
  ].flat();
}

/**
 * Filter that moves a track's zero to the first frame. In a container that counts samples, only the time of the first sample is
 * used.
 */
function fromFrame({ countsSamples }: AudioPlan, zero: number): string {
  return `asetpts=${countsSamples ? 'STARTPTS+N/SR/TB' : 'PTS'}-${zero.toFixed(6)}/TB`;
}

/**
 * Seconds from a proxy's first frame to the first sample that is read of its track.
 *
 * @param proxy as probed.
 */
export function proxyDelay({ encoder }: AudioPlan, proxy: MediaInfo, position: number): number {
  const frame = primaryVideo(proxy)?.startSeconds ?? 0;
  const tracks = proxy.streams.filter(({ kind }) => kind === 'audio');
  const start = tracks[position]?.startSeconds ?? 0;
  // AAC is read from the file's zero on, see `samples`. Opus's decoder leaves out what lies before zero.
  const read = { aac: proxy.startSeconds ?? 0, libopus: Math.max(0, start) };
  return (encoder === 'aac' || encoder === 'libopus' ? read[encoder] : start) - frame;
}
