import { rationalToNumber, CONFINED_INPUT, fileInput, PacketList } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { decodingOptions } from '../inputs.ts';
import { videoFilters } from '../filters.ts';
import { encoderParameters } from '../video-arguments.ts';
import { interruption, type ProgramCall, type ProgramEnding } from '../program-call.ts';
import {
  finest,
  ratio,
  nonBlackSamples,
  triedFrames,
  type EncoderSizes,
  type FrameSizes,
} from './sizes.ts';
import type { ProresQuantiser } from '@app/jobspec';

/** Choice of a quantiser, with the sizes of the frames by which it was made. */
export interface QuantiserTrial {
  /** `null` for codecs other than ProRes. */
  choice: ProresQuantiser | null;
  tried: readonly FrameSizes[];
}

/**
 * Seconds after which a trial counts as hung: it takes one or two, and up to a minute for 8K. The limit is far above that because
 * a slow machine must make the same choice as a fast one.
 */
const MOST_SECONDS = 600;

/**
 * Chooses the quantiser of a ProRes clip from a few of its frames. A trial that fails leaves the choice to the encoder: the
 * encode reports whatever is wrong with the source.
 *
 * @param run resolves to `null` if FFmpeg hangs or crashes, which it would do each time.
 * @throws JobFailure if the trial is stopped, because another choice would give other bytes; also what `run` throws.
 */
export async function tryQuantisers(
  plan: ProxyPlan,
  sourcePath: string,
  run: (call: ProgramCall) => Promise<ProgramEnding | null>,
): Promise<QuantiserTrial> {
  const trial = planTrial(plan);
  if (trial === null) return { choice: null, tried: [] };
  if (trial.places.length === 0) return bySearch('The clip is too short to try quantisers.');
  const list = new PacketList();
  const ended = await run({
    argv: ['ffmpeg', ...trialArguments(plan, trial, sourcePath)],
    mostSeconds: MOST_SECONDS,
    onStdout: (chunk) => list.take(chunk),
  });
  const cut = interruption(ended, 'source', MOST_SECONDS);
  if (cut !== null) throw cut;
  const sizes = ended?.exitCode === 0 ? trialSizes(list, trial) : null;
  const choice = chooseQuantiser(trial.quantisers, sizes);
  if (choice.quantiser === null || sizes === null) return { choice, tried: [] };
  return { choice, tried: triedFrames(trial.quantisers, sizes, choice.quantiser) };
}

/** Leaves a clip to the encoder's search. */
export function bySearch(reason: string): QuantiserTrial {
  return { choice: leftToSearch(reason), tried: [] };
}

/** Frames that are encoded before the clip, to choose its quantiser. */
export interface TrialPlan {
  /** From fine to coarse; the first one is the finest that the encoder's own search takes. */
  quantisers: readonly number[];
  /** Seconds from the start of the file; decoding begins at the keyframe before each. `null` for the start of the file. */
  places: readonly (number | null)[];
}

/** Frames of a clip per place; each place costs about as much as the search does for two frames. */
const FRAMES_PER_PLACE = 24;
/** Most places of a trial; each has a decoder of its own, with its memory. */
const MOST_PLACES = 3;
/** Pixels that the search encodes in the time that one more start of FFmpeg takes. */
const START_PIXELS = 1.2e6;
/** Least cost of a trial, in frames of the search, and least frames of a clip for which a trial is made. */
const TRIAL_FRAMES = 3;
const LEAST_FRAMES = 8;

/** Plan of a trial, without places if the clip is so short that the search costs less; `null` for codecs other than ProRes. */
export function planTrial(plan: ProxyPlan): TrialPlan | null {
  const quantisers = CODEC_RULES[plan.codec].prores?.quantisers;
  if (!quantisers) return null;
  const seconds = lengthOf(plan);
  if (seconds === null) return { quantisers, places: [null] };
  const { size, timing } = plan.video;
  const frames = plan.declared.frames ?? Math.round(seconds * rationalToNumber(timing.rate));
  const saved = (frames - TRIAL_FRAMES) * size.width * size.height;
  if (frames < LEAST_FRAMES || saved < START_PIXELS) return { quantisers, places: [] };
  const wanted = Math.floor(frames / FRAMES_PER_PLACE);
  const count = Math.min(Math.max(wanted, 1), MOST_PLACES);
  const places = Array.from(
    { length: count },
    (_, index) => (seconds * (2 * index + 1)) / 2 / count,
  );
  return { quantisers, places };
}

function lengthOf({ declared, video }: ProxyPlan): number | null {
  const known = declared.seconds ?? declared.measuredSeconds;
  if (known !== null && known > 0) return known;
  return declared.frames === null
    ? null
    : declared.frames / rationalToNumber(video.timing.sourceRate);
}

/** Avoids threads, which would decode frames that aren't used. */
const ONE_THREAD = ['-threads', '1'];

/** Frames skipped from the keyframe on: most frames of a clip aren't keyframes, and they are softer. */
const SKIPPED = 2;

/**
 * FFmpeg's arguments for a trial, without the program's name. A frame of each place goes through the plan's own filters, then to
 * the encoder with its own search and to one with each quantiser. The only output is a line per frame, on stdout.
 */
export function trialArguments(plan: ProxyPlan, trial: TrialPlan, input: string): string[] {
  const { quantisers } = trial;
  const rule = CODEC_RULES[plan.codec];
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+error', '-nostats'],
    trial.places.flatMap((start) => startInput(plan, start, input)),
    ['-filter_complex_threads', '1', '-filter_complex', graph(plan, trial)],
    [null, ...quantisers].flatMap((_, index) => ['-map', `[out${index}]`]),
    ['-fps_mode', 'passthrough', '-c:v', rule.encoder, ...rule.options],
    quantisers.flatMap((quantiser, index) => [`-qscale:v:${index + 1}`, String(quantiser)]),
    encoderParameters(plan).map((word) => word.replace(/:v:0$/, ':v')),
    ['-f', 'framecrc', 'pipe:1'],
  ].flat();
}

function startInput(
  { video, probeOptions }: ProxyPlan,
  start: number | null,
  path: string,
): string[] {
  const seek = start === null ? [] : ['-ss', start.toFixed(6)];
  const options = [...probeOptions, ...ONE_THREAD, '-noaccurate_seek', ...decodingOptions(video)];
  return [...CONFINED_INPUT, ...options, ...seek, '-i', fileInput(path)];
}

/** Graph that sends one frame of each place, one after the other, to every encoder. */
function graph({ video }: ProxyPlan, trial: TrialPlan): string {
  const { quantisers, places } = trial;
  const filters = `${videoFilters(video)},trim=start_frame=${SKIPPED}:end_frame=${SKIPPED + 1}`;
  const inputs = places.map((_, index) => `[in${index}]`).join('');
  const encoders = 1 + quantisers.length;
  const outputs = Array.from({ length: encoders }, (_, index) => `[out${index}]`).join('');
  return [
    ...places.map((_, index) => `[${index}:${video.streamIndex}]${filters}[in${index}]`),
    `${inputs}concat=n=${places.length},setpts=N,split=${encoders}${outputs}`,
  ].join(';');
}

/**
 * Bytes that each encoder of a trial made of each frame, in the order of places; `null` unless every encoder made every frame.
 *
 * @param list output of the trial.
 */
export function trialSizes(
  list: PacketList,
  { quantisers, places }: Pick<TrialPlan, 'quantisers' | 'places'>,
): EncoderSizes | null {
  const sizes = list.sizes();
  const isWhole =
    sizes.length === 1 + quantisers.length && sizes.every(({ length }) => length === places.length);
  return isWhole ? sizes : null;
}

/** Size of the frames relative to the search's, at most; a whole clip differs from a few of its frames by some more. */
const MOST_SIZE = 1.01;

/**
 * Chooses the finest quantiser whose frames are together no larger than the search makes them.
 *
 * @param quantisers those tried, from fine to coarse.
 * @param sizes of the trial; `null` if it failed.
 */
export function chooseQuantiser(
  quantisers: readonly number[],
  sizes: EncoderSizes | null,
): ProresQuantiser {
  if (sizes === null) return leftToSearch('Quantisers could not be tried on this clip.');
  const places = nonBlackSamples(sizes);
  if (places.length === 0)
    return leftToSearch('The pictures that were tried are the same with every quantiser.');
  const quantiser = finest(quantisers, places, MOST_SIZE);
  if (quantiser === null)
    return leftToSearch('No quantiser that was tried keeps to the size of the search.');
  const size = Math.round(1000 * ratio(quantisers, places, quantiser)) / 1000;
  const frames = places.length === 1 ? 'a picture' : `${places.length} pictures`;
  const reason = `The finest whose size is that of the search, by ${frames} of the clip.`;
  return { quantiser, reason, size };
}

/** Choice that leaves the clip to the encoder's search. */
function leftToSearch(reason: string): ProresQuantiser {
  return { quantiser: null, reason, size: null };
}
