import { parse } from 'node:path';
import { JobFailure, type EngineName, type JobBurnIn } from '@app/jobspec';
import type { LeftOutCause } from '@app/jobspec/inventory';
import { isNamedLikeClip } from '../cards/recognise-file.ts';
import type { Engine, MediaInfo, SourceVerdict, ProxyRequest } from '@app/engines';
import { readCamera, type Camera } from '../cards/camera.ts';
import { type Leftover } from '../cards/leftover.ts';
import {
  errorCode,
  errorFact,
  stat,
  checkSources,
  surveySource,
  type SourceState,
} from '@app/storage';
import { knownClip } from './corrections.ts';
import { NEEDS } from './editors.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import {
  viewingRequest,
  lutFor,
  defaultLook,
  withChoice,
  type ClipLook,
  type PlannedViewing,
} from './planned-viewing.ts';
import { slashed, type Entry, type Problem } from './walk.ts';

/** File that is named like a clip and can stand in a JobSpec. */
export interface Clip extends Entry {
  /**
   * Engine that makes its proxies; `null` if none takes the clip: its job will be refused, which puts the clip on
   * record.
   */
  engine: EngineName | null;
  /** Reasons why an editing system may not attach its proxies, as sentences. */
  warnings: readonly string[];
  /** Reasons why kinds of proxies can't be made of it. */
  obstacles: ReadonlyMap<ProxyKind, Obstacle>;
  look: ClipLook;
  /** Camera settings; `null` if they weren't needed. */
  camera: Camera | null;
  /** Texts to burn in. */
  texts: readonly JobBurnIn[];
  seconds: number | null;
}

interface Obstacle {
  cause: LeftOutCause;
  /** One sentence. */
  reason: string;
}

/**
 * Examination result: a leftover, or a clip with its flaw if it has one. A `null` clip with a flaw can't be planned.
 */
export type Examined = Entry & ({ leftover: Leftover } | { clip: Clip | null; flaw: Flaw | null });

/** Defect of a clip. */
type Flaw = Pick<Problem, 'kind' | 'reason' | 'cause'>;

const ONLY_A_PART = 'Copy the card again, or rename the clip if it is whole.';

/** Access to sources as provided by the service: only FfmpegModule starts ffprobe. */
export interface Inspection {
  /** Returns the route of a source and its header. @throws JobFailure `EngineUnavailableError` if ffprobe is missing */
  routeByHeader(source: SourceState, signal?: AbortSignal): Promise<SourceVerdict>;
  /** Returns what an engine can't do for a request. */
  violations(
    engine: EngineName,
    request: ProxyRequest,
    source: MediaInfo | null,
  ): ReturnType<Engine['violations']>;
}

/** Examines sources as the runner does before a job. */
export class Examiner {
  constructor(
    private readonly inspection: Inspection,
    private readonly request: PlanRequest,
  ) {}

  /** @throws JobFailure `EngineUnavailableError` if ffprobe is missing */
  async examine(found: Entry, signal?: AbortSignal): Promise<Examined> {
    try {
      return await this.#examine(found, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const flaw = { kind: 'unreadable', reason: faultOf(found.path, error) } as const;
      return {
        ...found,
        clip: (await isClip(found.path)) ? withoutEngine(found, this.request) : null,
        flaw,
      };
    }
  }

  async #examine(found: Entry, signal?: AbortSignal): Promise<Examined> {
    const { path } = found;
    const [state] = await checkSources([{ named: path, real: path }]);
    if (state === undefined) throw new RangeError(`no source at ${path}`);
    const { fault, warning } = await surveySource(state, signal);
    if (fault !== null) return { ...found, ...refused(found, this.request, `${path} ${fault}`) };
    const flaw = { kind: 'refused', reason: `${path}: ${warning} ${ONLY_A_PART}` } as const;
    if (warning !== null) return { ...found, clip: null, flaw };
    const { route, media } = await this.inspection.routeByHeader(state, signal);
    if (route.engine !== null) {
      const clip = await this.#clipOf(found, route.engine, media);
      return { ...found, clip, flaw: null };
    }
    if (media !== null && isAudioOnly(media)) return { ...found, leftover: 'sound' };
    if (media === null && !isNamedLikeClip(slashed(path))) return { ...found, leftover: 'other' };
    return { ...found, ...refused(found, this.request, route.problem) };
  }

  async #clipOf(found: Entry, engine: EngineName, media: MediaInfo | null): Promise<Clip> {
    const { kinds, viewing } = this.request;
    const { look, camera, conflict } = await lookOf(found.path, media, viewing);
    const probe = { engine, media, look, name: parse(found.path).name };
    const texts = this.#texts(probe);
    const obstacles = new Map<ProxyKind, Obstacle>();
    for (const kind of kinds) {
      const obstacle = conflict ?? this.#obstacle(kind, texts, probe);
      if (obstacle !== null) obstacles.set(kind, obstacle);
    }
    const able = kinds.filter((kind) => !obstacles.has(kind));
    const warnings = conflict === null && look.cdl === null ? this.#unlistedWarnings() : [];
    if (engine === 'ffmpeg' && media !== null) warnings.unshift(...this.#warnings(media, able));
    const seconds = media?.durationSeconds ?? null;
    return { ...found, engine, obstacles, warnings, look, camera, texts, seconds };
  }

  /** Reasons why the editing system may not attach its proxies. */
  #warnings(media: MediaInfo, kinds: readonly ProxyKind[]): readonly string[] {
    const { editor, resolution } = this.request;
    return editor === null ? [] : NEEDS[editor].warnings(media, kinds, resolution);
  }

  #unlistedWarnings(): string[] {
    const corrections = this.request.viewing?.corrections;
    return corrections ? [`${corrections.file} has no CDL for it.`] : [];
  }

  /** Resolves pairs of tokens: the second one is used if the clip lacks the first. */
  #texts(probe: Probe): JobBurnIn[] {
    const given = this.request.viewing?.texts ?? [];
    const first = given.map((text) => withChoice(text, 'first'));
    const [kind] = this.request.kinds;
    if (kind === undefined || given.every(({ text }, index) => text === first[index]?.text))
      return first;
    const lacking = this.#violations(kind, first, probe).filter(({ lacks }) => lacks !== undefined);
    const paths = new Set(lacking.map(({ path }) => path));
    return given.map((text, index) =>
      withChoice(text, paths.has(pathOfText(index)) ? 'second' : 'first'),
    );
  }

  #obstacle(kind: ProxyKind, texts: readonly JobBurnIn[], probe: Probe): Obstacle | null {
    const violations = this.#violations(kind, texts, probe);
    if (violations.length === 0) return null;
    const reason = violations.map(({ message }) => message).join('. ');
    const text = texts.find((_, index) => pathOfText(index) === violations[0]?.path);
    if (text === undefined || violations.some(({ lacks }) => lacks !== 'timecode'))
      return { cause: 'no_engine', reason };
    const { at, text: typed } = text;
    const given = `--burn-in '${at}=${typed}'`;
    const better = `--burn-in '${at}=${typed.replaceAll('{timecode}', '{timecode|frame}')}'`;
    return {
      cause: 'no_timecode',
      reason: `${given} needs a timecode, and it has none. Give ${better}.`,
    };
  }

  #violations(kind: ProxyKind, texts: readonly JobBurnIn[], { engine, media, look, name }: Probe) {
    const { resolution, viewing } = this.request;
    const viewed = viewingRequest(viewing, look, texts, name);
    const request = { ...kind, resolution, explicitFps: null, ...viewed };
    return this.inspection.violations(engine, request, media);
  }
}

/** Look of a clip, its camera if a LUT depends on it, and the reason if the look can't be determined. */
async function lookOf(path: string, media: MediaInfo | null, viewing: PlannedViewing | null) {
  const correction = viewing?.corrections?.of(knownClip(path, media)) ?? { cdl: null };
  const camera = viewing && viewing.luts.size > 0 ? await readCamera(path, media) : null;
  const lut = viewing && camera ? lutFor(viewing, camera) : defaultLook(viewing).lut;
  const hasCdl = 'cdl' in correction;
  const conflict: Obstacle | null = hasCdl
    ? lut === null && camera
      ? noLook(camera)
      : null
    : { cause: 'no_correction', reason: correction.conflict };
  return { look: { cdl: hasCdl ? correction.cdl : null, lut }, camera, conflict };
}

/** Obstacle of a clip whose gamma and camera have no LUT. */
function noLook({ recorded: { gamma, camera }, gamma: name }: Camera): Obstacle {
  const called = name === null || name === gamma ? '' : ` (${name})`;
  const fact = `Its gamma is ${gamma ?? 'unknown'}${called}, its camera ${camera ?? 'unknown'}`;
  return { cause: 'no_look', reason: `${fact}: no --look matches it.` };
}

const pathOfText = (index: number) => `viewing.burn_in[${index}].text`;

/** Facts of a clip that is checked for violations. */
interface Probe {
  engine: EngineName;
  media: MediaInfo | null;
  look: ClipLook;
  /** File name without its extension. */
  name: string;
}

/** Examination of a source whose job will be refused. */
function refused(found: Entry, request: PlanRequest, reason: string): { clip: Clip; flaw: Flaw } {
  return { clip: withoutEngine(found, request), flaw: { kind: 'refused', reason } };
}

/** Clip whose job will be refused. */
function withoutEngine({ path, medium }: Entry, { viewing }: PlanRequest): Clip {
  const texts = (viewing?.texts ?? []).map((text) => withChoice(text, 'first'));
  const nothing = { warnings: [], obstacles: new Map(), camera: null, seconds: null };
  return { path, medium, engine: null, texts, look: defaultLook(viewing), ...nothing };
}

/** True if an unreadable path is named like a clip, is a file, and can be represented in JSON. */
async function isClip(path: string): Promise<boolean> {
  if (isNotUtf8(path) || !isNamedLikeClip(slashed(path))) return false;
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** True if the path contains a replacement for invalid UTF-8. */
export function isNotUtf8(path: string): boolean {
  return path.includes('\uFFFD');
}

/** Sentence on why a file can't be read. @throws errors that aren't about the file */
export function faultOf(path: string, error: unknown): string {
  if (isNotUtf8(path)) return `${path} has a name that is not UTF-8. Rename it.`;
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
