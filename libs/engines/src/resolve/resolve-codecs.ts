import { type Codec, type Container, forEachName } from '@app/jobspec';
import { explicitRate, fps, type Rational, rationalToNumber } from '../media/index.ts';
import type { PlanViolation, ProxyRequest } from '../proxy/plan/proxy-plan.ts';

/** Resolve's names for a codec in a container. */
export interface ResolveOutput {
  /** Key of `GetRenderFormats`. `mxf` would be OP-Atom, with audio in separate files. */
  format: 'mov' | 'mp4' | 'mkv' | 'mxf_op1a';
  /** Ids of `GetRenderCodecs`; the first one that this Resolve has is used. Descriptions change between versions, ids don't. */
  codecs: readonly string[];
  audioCodec: 'lpcm' | 'aac';
  /** Profile as ffprobe names it; `null` if it follows from Resolve's own settings. */
  profile: string | null;
}

interface ResolveCodec {
  ids: readonly string[];
  profile: string | null;
  containers: readonly Container[];
}

const prores = (id: string, profile: string): ResolveCodec => ({
  ids: [id],
  profile,
  containers: ['mov'],
});

/** A codec encoded on the CPU or on a graphics card. */
const delivered = (id: string, containers: readonly Container[]): ResolveCodec => ({
  ids: [id, `${id}_NVIDIA`, `${id}_AMD`],
  profile: null,
  containers,
});

/**
 * Resolve's equivalent of each codec of a JobSpec. Not DNxHD: whether the clip fits one of its sizes isn't known until Resolve has
 * read it.
 */
const RESOLVE_CODECS = forEachName<ResolveCodec | null>({
  prores_proxy: prores('ProRes422P', 'Proxy'),
  prores_lt: prores('ProRes422LT', 'LT'),
  prores_standard: prores('ProRes422', 'Standard'),
  prores_hq: prores('ProRes422HQ', 'HQ'),
  prores_4444: prores('ProRes4444', '4444'),
  dnxhr: { ids: ['DNxHRLB'], profile: 'DNXHR LB', containers: ['mov', 'mxf'] },
  h264: delivered('H264', ['mov', 'mp4', 'mkv']),
  h265: delivered('H265', ['mov', 'mp4', 'mkv']),
  dnxhd: null,
  vp9: null,
  // Guessed from the ids of H.264, as no known list has them. If Resolve lacks them, the clip fails with the list of its codecs.
  av1: delivered('AV1', ['mp4', 'mkv']),
});

/** Codecs that Resolve makes. */
export const SUPPORTED_CODECS = Object.entries(RESOLVE_CODECS).filter(
  (entry): entry is [Codec, ResolveCodec] => entry[1] !== null,
);

const FORMATS: Record<Container, Pick<ResolveOutput, 'format' | 'audioCodec'> | null> = {
  mov: { format: 'mov', audioCodec: 'lpcm' },
  mxf: { format: 'mxf_op1a', audioCodec: 'lpcm' },
  mp4: { format: 'mp4', audioCodec: 'aac' },
  mkv: { format: 'mkv', audioCodec: 'lpcm' },
  webm: null,
};

/** Frame rates of Resolve's timelines. */
const TIMELINE_RATES: readonly Rational[] = [
  16, 18, 23.976, 24, 25, 29.97, 30, 47.952, 48, 50, 59.94, 60, 72, 95.904, 96, 100, 119.88, 120,
].map(explicitRate);

/** Timeline rates for people. */
export const timelineRates = () => TIMELINE_RATES.map(fps).join(', ');

/** A rate as Resolve writes it (`23.976`); `null` if its timelines can't have that rate. */
export function timelineRate(rate: Rational): string | null {
  const wanted = rationalToNumber(rate);
  const isOne = TIMELINE_RATES.some((one) => Math.abs(rationalToNumber(one) - wanted) < 0.001);
  return isOne ? fps(rate) : null;
}

/** Marker rate that no camera uses: a sequence that has it after the import has no rate of its own. */
const MARKER_RATE = '16';

/**
 * Project rate to set before the first import, which may lock the rate, and assigns it to media without one.
 *
 * @returns `null` if the project may keep its default.
 */
export function importRate({ explicitFps }: ProxyRequest, isSequence: boolean): string | null {
  if (explicitFps !== null) return timelineRate(explicitRate(explicitFps));
  return isSequence ? MARKER_RATE : null;
}

/**
 * True if Resolve found no frame rate in a sequence, or may have found none.
 *
 * @param projectRate rate of the project, which sequences without a rate inherit; not the marker rate if Resolve refused that.
 */
export function hasNoRate(
  { explicitFps }: ProxyRequest,
  isSequence: boolean,
  fps: unknown,
  projectRate: number | null,
): boolean {
  return isSequence && explicitFps === null && Number(fps) === projectRate;
}

/**
 * Violations of a request that Resolve can't fulfil for any clip.
 *
 * @param platform as `process.platform`, where Resolve runs.
 */
export function resolveViolations(request: ProxyRequest, platform: string): PlanViolation[] {
  const output = resolveOutput(request, platform);
  const { codec: _, container: __, resolution: ___, ...others } = request;
  const { explicitFps, look, burnIn, ...forgotten } = others;
  // Codec and container are checked above; every size is possible.
  forgotten satisfies Record<string, never>;
  const violations = 'message' in output ? [output] : [];
  const viewing = [
    ['viewing.look', look],
    ['viewing.burn_in', burnIn],
  ] as const;
  for (const [path, wish] of viewing) {
    const message = `${path} can’t be used with camera RAW, whose proxies DaVinci Resolve makes; leave it out.`;
    if (wish !== undefined) violations.push(refusal(path, message));
  }
  if (explicitFps !== null && timelineRate(explicitRate(explicitFps)) === null)
    violations.push(
      refusal(
        'fps_explicit',
        `Resolve makes no proxies of ${explicitFps} frames per second. It makes ${timelineRates()}.`,
      ),
    );
  return violations;
}

const refusal = (path: PlanViolation['path'], message: string) => ({ path, message });

/** Resolve's output for the request's codec and container, or the reason why there is none. */
export function resolveOutput(
  { codec, container }: Pick<ProxyRequest, 'codec' | 'container'>,
  platform: string,
): ResolveOutput | PlanViolation {
  const known = RESOLVE_CODECS[codec];
  const format = FORMATS[container];
  if (!known) {
    const codecs = SUPPORTED_CODECS.map(([name]) => name).join(', ');
    return refusal('codec', `Camera RAW can't become ${codec}: Resolve makes ${codecs}.`);
  }
  if (!format || !known.containers.includes(container)) {
    const containers = known.containers.join(', ');
    return refusal('container', `Resolve makes no ${codec} in ${container}. Use ${containers}.`);
  }
  if (format.audioCodec === 'aac' && platform === 'linux')
    return refusal(
      'container',
      `Resolve has no AAC on Linux, so camera RAW can't become ${container} here. Use mov.`,
    );
  return { ...format, codecs: known.ids, profile: known.profile };
}
