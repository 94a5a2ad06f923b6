import { CONFINED_INPUT, fileInput } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { decodingOptions } from '../decoding-options.ts';
import { videoFilters } from '../filters.ts';
import { encoderParameters } from '../video-arguments.ts';
import type { TrialPlan } from './trial-plan.ts';

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
    trial.places.flatMap((start) => startInput(plan, start, exact, input)),
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
  const filters = `${videoFilters(video)},trim=start_frame=${SKIPPED}:end_frame=${SKIPPED + 1}`;
  const inputs = places.map((_, index) => `[in${index}]`).join('');
  const encoders = 1 + quantisers.length;
  const outputs = Array.from({ length: encoders }, (_, index) => `[out${index}]`).join('');
  return [
    ...places.map((_, index) => `[${index}:${video.streamIndex}]${filters}[in${index}]`),
    `${inputs}concat=n=${places.length},setpts=N,split=${encoders}${outputs}`,
  ].join(';');
}
