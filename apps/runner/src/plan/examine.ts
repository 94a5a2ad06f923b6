import { JobFailure, type EngineName } from '@app/jobspec';
import { isNamedLikeClip, type Leftover, type MediaInfo } from '@app/engines';
import { errorCode, errorFact } from '../files/index.ts';
import type { EngineRegistry, RoutingService } from '../routing/index.ts';
import { lookAtSources, type SourceFingerprint, surveySource } from '../sources/index.ts';
import { slashed, type Found } from './found.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';

/** A clip that an engine takes. */
export interface Clip extends Found {
  engine: EngineName;
  sizeBytes: number;
  /** Why the engine can't make a kind of proxy of it, a sentence for each that it can't. */
  obstacles: ReadonlyMap<ProxyKind, string>;
}

/** What a look inside has told: a clip, something else, a clip that no engine takes, or nothing since it can't be read. */
export type Examined = Found & {
  /** What it was at that moment; `null` when it can't be read. */
  fingerprint: SourceFingerprint | null;
  /** In milliseconds of the clock. */
  changedAt: number;
} & ({ clip: Clip } | { leftover: Leftover } | { refusal: string } | { fault: string });

const ONLY_A_PART = 'Copy the card again, or rename the clip if it is whole.';

/** Looks into sources as the runner does before a job. */
export class Examiner {
  constructor(
    private readonly routing: RoutingService,
    private readonly engines: EngineRegistry,
    private readonly request: PlanRequest,
  ) {}

  /** @throws JobFailure `EngineUnavailableError` when there is no ffprobe. */
  async examine(found: Found): Promise<Examined> {
    try {
      return await this.#examine(found);
    } catch (error) {
      return { ...found, fingerprint: null, changedAt: 0, fault: faultOf(found.path, error) };
    }
  }

  async #examine(found: Found): Promise<Examined> {
    const { path } = found;
    const [look] = await lookAtSources([{ named: path, real: path }]);
    if (look === undefined) throw new RangeError(`no look at ${path}`);
    const { fingerprint, fault, doubt } = await surveySource(look);
    const seen = { ...found, fingerprint, changedAt: Number(look.stats.mtimeMs) };
    if (fault !== null) return { ...seen, refusal: `${path} ${fault}` };
    if (doubt !== null) return { ...seen, refusal: `${path}: ${doubt} ${ONLY_A_PART}` };
    const { route, media } = await this.routing.routeByHeader(look);
    if (route.engine !== null) {
      const obstacles = this.#obstacles(route.engine, media);
      const sizeBytes = Number(look.stats.size);
      return { ...seen, clip: { ...found, engine: route.engine, sizeBytes, obstacles } };
    }
    if (media !== null && isSoundOnly(media)) return { ...seen, leftover: 'sound' };
    if (media === null && !isNamedLikeClip(slashed(path))) return { ...seen, leftover: 'other' };
    return { ...seen, refusal: route.problem };
  }

  #obstacles(engine: EngineName, media: MediaInfo | null): ReadonlyMap<ProxyKind, string> {
    const { kinds, resolution } = this.request;
    const obstacles = new Map<ProxyKind, string>();
    for (const kind of kinds) {
      const asked = { ...kind, resolution, explicitFps: null };
      const { violations = [] } = this.engines.get(engine).prepare(asked, media);
      const sentence = violations.map(({ message }) => message).join('. ');
      if (sentence !== '') obstacles.set(kind, sentence);
    }
    return obstacles;
  }
}

/** Why something can't be read, a sentence. @throws what isn't about the file. */
function faultOf(path: string, error: unknown): string {
  // What stands for bytes that are no UTF-8.
  if (path.includes('\uFFFD')) return `${path} has a name that is not UTF-8. Rename it.`;
  if (error instanceof JobFailure && error.type !== 'EngineUnavailableError')
    return error.violations.map(({ message }) => message).join(' ') || error.message;
  if (errorCode(error) === undefined) throw error;
  return `${path} can't be read: ${errorFact(error)}.`;
}

function isSoundOnly({ streams }: MediaInfo): boolean {
  return (
    streams.some(({ kind }) => kind === 'audio') && streams.every(({ kind }) => kind !== 'video')
  );
}
