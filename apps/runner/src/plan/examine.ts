import { parse } from 'node:path';
import { JobFailure, type EngineName, type JobCdl } from '@app/jobspec';
import { isNamedLikeClip, type KnownClip, type Leftover, type MediaInfo } from '@app/engines';
import { errorCode, errorFact, stat } from '../files/index.ts';
import type { EngineRegistry, RoutingService } from '../routing/index.ts';
import { lookAtSources, type SourceFingerprint, surveySource } from '../sources/index.ts';
import { attachWarnings } from './attach-warnings.ts';
import { slashed, type Found, type Problem } from './found.ts';
import { askedOf } from './planned-viewing.ts';
import { knownBy } from './only.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';

/** What is named like a clip, and can be named in a JobSpec. */
export interface Clip extends Found {
  /** That makes its proxies; `null` when none takes it: then its job is refused, which puts that on record. */
  engine: EngineName | null;
  sizeBytes: number;
  /** What lists of editing systems may know it by. */
  known: KnownClip;
  /** Why an editing system may not attach its proxies, sentences. */
  warnings: readonly string[];
  /** Why the engine can't make a kind of proxy of it, a sentence for each that it can't. */
  obstacles: ReadonlyMap<ProxyKind, string>;
  /** What a file of CDLs says of it. */
  cdl: JobCdl | null;
}

/** What a look inside has told: a clip, something else, a clip that no engine takes or that can't be read, or why it is surely none. */
export type Examined = Found & {
  /** What it was at that moment; `null` when it can't be read. */
  fingerprint: SourceFingerprint | null;
  /** In milliseconds of the clock. */
  changedAt: number;
} & ({ leftover: Leftover } | { clip: Clip | null; flaw: Flaw | null });

/** What is wrong with a clip. */
type Flaw = Pick<Problem, 'kind' | 'reason'>;

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
      const seen = { ...found, fingerprint: null, changedAt: 0 };
      const reason = faultOf(found.path, error);
      if (isChanged(error)) return { ...seen, clip: null, flaw: { kind: 'growing', reason } };
      const clip = (await isClip(found.path)) ? withoutEngine(found) : null;
      return { ...seen, clip, flaw: { kind: 'unreadable', reason } };
    }
  }

  async #examine(found: Found): Promise<Examined> {
    const { path } = found;
    const [look] = await lookAtSources([{ named: path, real: path }]);
    if (look === undefined) throw new RangeError(`no look at ${path}`);
    const { fingerprint, fault, doubt } = await surveySource(look);
    const seen = { ...found, fingerprint, changedAt: Number(look.stats.mtimeMs) };
    if (fault !== null) return { ...seen, ...refused(found, `${path} ${fault}`) };
    const flaw = { kind: 'refused', reason: `${path}: ${doubt} ${ONLY_A_PART}` } as const;
    if (doubt !== null) return { ...seen, clip: null, flaw };
    const { route, media } = await this.routing.routeByHeader(look);
    if (route.engine !== null) {
      const clip = this.#clipOf(found, route.engine, media, Number(look.stats.size));
      return { ...seen, clip, flaw: null };
    }
    if (media !== null && isAudioOnly(media)) return { ...seen, leftover: 'sound' };
    if (media === null && !isNamedLikeClip(slashed(path))) return { ...seen, leftover: 'other' };
    return { ...seen, ...refused(found, route.problem) };
  }

  #clipOf(found: Found, engine: EngineName, media: MediaInfo | null, sizeBytes: number): Clip {
    const { kinds, viewing } = this.request;
    const known = knownBy(found.path, media);
    const correction = viewing?.corrections?.of(known) ?? { cdl: null };
    const isTold = 'cdl' in correction;
    const cdl = isTold ? correction.cdl : null;
    const asked = askedOf(viewing, cdl, parse(found.path).name);
    const obstacles = isTold
      ? this.#obstacles(engine, media, asked)
      : new Map(kinds.map((kind) => [kind, correction.conflict]));
    const able = kinds.filter((kind) => !obstacles.has(kind));
    const isRead = engine === 'ffmpeg' && media !== null;
    const warnings = isRead ? [...attachWarnings(media, able, this.request)] : [];
    if (viewing?.corrections && isTold && cdl === null)
      warnings.push(`${viewing.corrections.file} has no CDL for it.`);
    return { ...found, engine, sizeBytes, known, obstacles, warnings, cdl };
  }

  #obstacles(
    engine: EngineName,
    media: MediaInfo | null,
    shown: ReturnType<typeof askedOf>,
  ): ReadonlyMap<ProxyKind, string> {
    const { kinds, resolution } = this.request;
    const obstacles = new Map<ProxyKind, string>();
    for (const kind of kinds) {
      const asked = { ...kind, resolution, explicitFps: null, ...shown };
      const violations = this.engines.get(engine).violations(asked, media);
      const sentence = violations.map(({ message }) => message).join('. ');
      if (sentence !== '') obstacles.set(kind, sentence);
    }
    return obstacles;
  }
}

/** Somebody writes to it while it is read. */
function isChanged(error: unknown): boolean {
  return error instanceof JobFailure && error.facts.code === 'source_changed';
}

/** Something that its job will be refused for. */
function refused(found: Found, reason: string): { clip: Clip; flaw: Flaw } {
  return { clip: withoutEngine(found), flaw: { kind: 'refused', reason } };
}

/** A clip whose job will be refused. */
export function withoutEngine({ path, medium }: Found): Clip {
  const known = knownBy(path, null);
  return {
    path,
    medium,
    engine: null,
    sizeBytes: 0,
    known,
    warnings: [],
    obstacles: new Map(),
    cdl: null,
  };
}

/** Whether something that can't be read is a clip by all that is known: a file that is named like one, in a name that JSON has. */
async function isClip(path: string): Promise<boolean> {
  if (isMisread(path) || !isNamedLikeClip(slashed(path))) return false;
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Whether a path has what stands for bytes that are no UTF-8. */
export function isMisread(path: string): boolean {
  return path.includes('\uFFFD');
}

/** Why something can't be read, a sentence. @throws what isn't about the file. */
export function faultOf(path: string, error: unknown): string {
  if (isMisread(path)) return `${path} has a name that is not UTF-8. Rename it.`;
  if (error instanceof JobFailure && error.type !== 'EngineUnavailableError')
    return error.violations.map(({ message }) => message).join(' ') || error.message;
  if (errorCode(error) === undefined) throw error;
  return `${path} can't be read: ${errorFact(error)}.`;
}

function isAudioOnly({ streams }: MediaInfo): boolean {
  return (
    streams.some(({ kind }) => kind === 'audio') && streams.every(({ kind }) => kind !== 'video')
  );
}
