import type { AudioPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { printedIn } from './ffmpeg-log.ts';
import { CONFINED_INPUT, fileInput, type MediaInfo, primaryVideo } from '../media/index.ts';
import { frameZero } from '../proxy/time/clock.ts';
import { filledFromZero, onward } from './audio-arguments.ts';
import { rawSamples } from './capture-arguments.ts';

/** Seconds that samples and times of a track may be apart: codecs begin with blocks that aren't heard, and recorders with times that jitter. */
const LEAST_SECONDS = 0.1;
/** How many times as far apart they must be to be told again. */
const STEP = 1.1;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/** In what is printed: the last six digits are the time in milliseconds, the six before it the difference, those before both the track. */
const [DIFFERENCE, TRACK] = [1e6, 1e12];

/** How far the samples of a track's start and their times are apart. */
export interface SoundPace {
  /** Place among the tracks, from 0. */
  position: number;
  /** Seconds that its samples take beyond the room that their times leave; negative where they fill less. */
  surplusSeconds: number;
  /** Seconds of times for which that was counted. */
  seconds: number;
}

/** A filter that prints by how much the samples of a track so far, `N`, and the time that they should have taken are apart. */
export function printedPace(position: number): string {
  const track = `${2 * (position + 1)}+lt(ld(0)\\,0)`;
  const number = `(${track})*${TRACK}+floor(1000*ld(1))*${DIFFERENCE}+floor(1000*ld(2))`;
  const told = `0*st(1\\,abs(ld(0)))*print(${number}\\,${WARNING_LEVEL})`;
  const surplus = 'N/SR-st(2\\,(PTS-STARTPTS)*TB)';
  return `asetpts=PTS+if(gt(abs(st(0\\,${surplus}))\\,max(${LEAST_SECONDS}\\,${STEP}*ld(1)))\\,${told})`;
}

/** What was printed last of each track; none of those whose samples and times agree. */
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

/** What is said of tracks of which FFmpeg has printed that: what is too much is cut, and silence is put in where there is too little. */
export function soundPaceWarnings(audio: readonly AudioPlan[], stderr: string): string[] {
  return soundPaces(stderr).map(({ position, surplusSeconds, seconds }) => {
    const stream = audio[position]?.streamIndex;
    const amount = `${Math.abs(surplusSeconds).toFixed(2)} s`;
    const begin = `Audio track ${stream} has ${amount} of sound`;
    const where = `than its times leave room for in its first ${seconds.toFixed(1)} s`;
    const rest = 'If that goes on, its header names a wrong sample rate. Listen to the proxy.';
    return surplusSeconds > 0
      ? `${begin} more ${where}: so much is cut. ${rest}`
      : `${begin} less ${where}: silence is put in. ${rest}`;
  });
}

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
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-progress', 'pipe:1'],
    ['-copyts', ...CONFINED_INPUT, ...plan.probeOptions, '-t', seconds.toFixed(3)],
    ['-i', fileInput(path)],
    plan.audio.flatMap((track, position) => {
      const begins = [fromFrame(track, zero), printedPace(position)];
      const chain = [...begins, onward(track), filledFromZero(track)].join(',');
      const label = `[start${position}]`;
      const graph = ['-filter_complex', `[0:${track.streamIndex}]${chain}${label}`];
      return [...graph, '-map', label, ...rawSamples(track, position)];
    }),
  ].flat();
}

/** Moves a track's clock to the first picture. Of a container that counts samples, the first one's time is all that counts. */
function fromFrame({ countsSamples }: AudioPlan, zero: number): string {
  return `asetpts=${countsSamples ? 'STARTPTS+N/SR/TB' : 'PTS'}-${zero.toFixed(6)}/TB`;
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
