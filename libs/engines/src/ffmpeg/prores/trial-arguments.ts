import { CONFINED_INPUT, fileInput } from '../../media/index.ts';
import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { decodingOptions } from '../decoding-options.ts';
import { pictureFilters } from '../filters.ts';
import { encoderParameters } from '../picture-arguments.ts';
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
    starts(trial).flatMap((start) => startInput(plan, start, exact, input)),
    ['-filter_complex_threads', '1', '-filter_complex', graph(plan, trial)],
    [null, ...quantisers].flatMap((_, index) => ['-map', `[out${index}]`]),
    ['-fps_mode', 'passthrough', '-c:v', rule.encoder, ...rule.options],
    quantisers.flatMap((quantiser, index) => [`-qscale:v:${index + 1}`, String(quantiser)]),
    encoderParameters(plan).map((word) => word.replace(/:v:0$/, ':v')),
    ['-f', 'framecrc', 'pipe:1'],
  ].flat();
}

/** Where each decoder begins; that of several places at the start of the file. */
function starts({ places, shared = 0 }: TrialPlan): (number | null)[] {
  return shared < 2 ? [...places] : [null, ...places.slice(shared)];
}

function startInput(
  { picture }: ProxyPlan,
  start: number | null,
  exact: boolean,
  path: string,
): string[] {
  const seek = start === null ? [] : ['-ss', start.toFixed(6)];
  const accuracy = exact ? [] : ['-noaccurate_seek'];
  const options = [...ONE_THREAD, ...accuracy, ...decodingOptions(picture)];
  return [...CONFINED_INPUT, ...options, ...seek, '-i', fileInput(path)];
}

/** One picture of each place, one after the other, for every encoder. */
function graph({ picture }: ProxyPlan, trial: TrialPlan): string {
  const { quantisers, places, shared = 0 } = trial;
  const chain = `${pictureFilters(picture)},trim=start_frame=${SKIPPED}:end_frame=${SKIPPED + 1}`;
  const together = shared < 2 ? [] : places.slice(0, shared);
  const decoded = starts(trial).map((_, index) => `[${index}:${picture.streamIndex}]`);
  const own = together.length > 0 ? decoded.slice(1) : decoded;
  const pictures = [
    ...together.map((place, index) => `[at${index}]trim=start=${place?.toFixed(6)},${chain}`),
    ...own.map((stream) => stream + chain),
  ].map((filters, index) => `${filters}[in${index}]`);
  const parts = together.map((_, index) => `[at${index}]`).join('');
  const split = together.length > 0 ? [`${decoded[0]}split=${together.length}${parts}`] : [];
  const inputs = places.map((_, index) => `[in${index}]`).join('');
  const encoders = 1 + quantisers.length;
  const outputs = Array.from({ length: encoders }, (_, index) => `[out${index}]`).join('');
  return [
    ...split,
    ...pictures,
    `${inputs}concat=n=${places.length},setpts=N,split=${encoders}${outputs}`,
  ].join(';');
}
