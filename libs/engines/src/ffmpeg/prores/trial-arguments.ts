import { CONFINED_INPUT, fileInput } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { decodingOptions } from '../decoding-options.ts';
import { videoFilters } from '../filters.ts';
import { encoderParameters } from '../video-arguments.ts';
import { decodersOf, type TrialPlan } from './trial-plan.ts';

/** Threads would decode pictures that nobody looks at. */
const ONE_THREAD = ['-threads', '1'];

/** Pictures from the key picture on that are passed over: most of a clip are no key pictures, and softer. */
const SKIPPED = 2;

/**
 * FFmpeg's arguments for a trial, without the program's name. A picture of each place goes through the plan's own
 * filters, then to the encoder's search and to each quantiser. Nothing is written but a line for each picture, on stdout.
 */
export function trialArguments(plan: ProxyPlan, trial: TrialPlan, input: string): string[] {
  const { quantisers, exact } = trial;
  const rule = CODEC_RULES[plan.codec];
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+error', '-nostats'],
    partsOf(trial).flatMap(({ start }) => startInput(plan, start, exact, input)),
    ['-filter_complex_threads', '1', '-filter_complex', graph(plan, trial)],
    [null, ...quantisers].flatMap((_, index) => ['-map', `[out${index}]`]),
    ['-fps_mode', 'passthrough', '-c:v', rule.encoder, ...rule.options],
    quantisers.flatMap((quantiser, index) => [`-qscale:v:${index + 1}`, String(quantiser)]),
    encoderParameters(plan).map((word) => word.replace(/:v:0$/, ':v')),
    ['-f', 'framecrc', 'pipe:1'],
  ].flat();
}

/** What one decoder gives. */
interface Part {
  /** Where it begins; `null` is the start of the file. */
  start: number | null;
  places: readonly (number | null)[];
}

function partsOf(trial: TrialPlan): Part[] {
  let from = 0;
  return decodersOf(trial).map(({ places: count, isFirst }) => {
    const places = trial.places.slice(from, (from += count));
    return { start: isFirst ? null : (places[0] ?? null), places };
  });
}

function startInput(
  { video, probeOptions }: ProxyPlan,
  start: number | null,
  exact: boolean,
  path: string,
): string[] {
  const seek = start === null ? [] : ['-ss', start.toFixed(6)];
  const accuracy = exact ? [] : ['-noaccurate_seek'];
  const options = [...probeOptions, ...ONE_THREAD, ...accuracy, ...decodingOptions(video)];
  return [...CONFINED_INPUT, ...options, ...seek, '-i', fileInput(path)];
}

/** One picture of each place, one after the other, for every encoder. */
function graph({ video }: ProxyPlan, trial: TrialPlan): string {
  const { quantisers, places } = trial;
  const decoders = partsOf(trial).map((part, input) =>
    beginningsOf(part, `[${input}:${video.streamIndex}]`, `at${input}`),
  );
  const filters = `${videoFilters(video)},trim=start_frame=${SKIPPED}:end_frame=${SKIPPED + 1}`;
  const frames = decoders.flatMap(({ beginnings }) => beginnings);
  const inputs = places.map((_, index) => `[in${index}]`).join('');
  const encoders = 1 + quantisers.length;
  const outputs = Array.from({ length: encoders }, (_, index) => `[out${index}]`).join('');
  return [
    ...decoders.flatMap(({ split }) => split),
    ...frames.map((beginning, index) => `${beginning}${filters}[in${index}]`),
    `${inputs}concat=n=${places.length},setpts=N,split=${encoders}${outputs}`,
  ].join(';');
}

/** How the chain of each place of a decoder begins, whose clock starts where it does. */
function beginningsOf({ start, places }: Part, stream: string, pad: string) {
  const isAtPlace = places.length === 1 && places[0] === start;
  if (isAtPlace) return { split: [], beginnings: [stream] };
  const pads = places.map((_, index) => `[${pad}.${index}]`);
  const seconds = places.map((place) => (place ?? 0) - (start ?? 0));
  return {
    split: [`${stream}split=${places.length}${pads.join('')}`],
    beginnings: seconds.map((from, index) => `${pads[index]}trim=start=${from.toFixed(6)},`),
  };
}
