import { parse } from 'node:path';
import { JobFailure, type EngineName, type JobCdl, type Violation } from '@app/jobspec';
import { isNamedLikeClip } from '../cards/recognise-file.ts';
import {
  clipTimes,
  planProxy,
  type MediaInfo,
  type SourceVerdict,
  type ProxyRequest,
} from '@app/engines';
import { type Leftover } from '../cards/leftover.ts';
import {
  errorCode,
  errorFact,
  stat,
  severalAtOnce,
  lookAtSources,
  surveySource,
  type SourceLook,
} from '@app/storage';
import { knownBy } from './corrections.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { askedOf } from './planned-viewing.ts';
import { slashed, type Found, type Problem, type Walk } from './walk.ts';

/** What is named like a clip, and can be named in a JobSpec. */
export interface Clip extends Found {
  /** That makes its proxies; `null` when none takes it: then its job is refused, which puts that on record. */
  engine: EngineName | null;
  /** Why an editing system may not attach its proxies, sentences. */
  warnings: readonly string[];
  /** Why the engine can't make a kind of proxy of it, a sentence for each that it can't. */
  obstacles: ReadonlyMap<ProxyKind, string>;
  /** What a file of CDLs says of it. */
  cdl: JobCdl | null;
}

/** What a look inside has told: a clip, something else, a clip that no engine takes or that can't be read, or why it is surely none. */
export type Examined = Found & ({ leftover: Leftover } | { clip: Clip | null; flaw: Flaw | null });

/** What is wrong with a clip. */
type Flaw = Pick<Problem, 'kind' | 'reason'>;

const ONLY_A_PART = 'Copy the card again, or rename the clip if it is whole.';

/** The service's ways to look into sources, handed to the assistant: only FfmpegModule starts ffprobe. */
export interface Inspection {
  /** Where a source would go, and what its header says. @throws JobFailure `EngineUnavailableError` when there is no ffprobe. */
  routeByHeader(source: SourceLook): Promise<SourceVerdict>;
  /** What an engine can't do for a request. */
  violations(
    engine: EngineName,
    request: ProxyRequest,
    source: MediaInfo | null,
  ): readonly Violation[];
}

/** Looks into sources as the runner does before a job. */
export class Examiner {
  constructor(
    private readonly inspection: Inspection,
    private readonly request: PlanRequest,
  ) {}

  /** @throws JobFailure `EngineUnavailableError` when there is no ffprobe. */
  async examine(found: Found): Promise<Examined> {
    try {
      return await this.#examine(found);
    } catch (error) {
      const flaw = { kind: 'unreadable', reason: faultOf(found.path, error) } as const;
      return { ...found, clip: (await isClip(found.path)) ? withoutEngine(found) : null, flaw };
    }
  }

  async #examine(found: Found): Promise<Examined> {
    const { path } = found;
    const [look] = await lookAtSources([{ named: path, real: path }]);
    if (look === undefined) throw new RangeError(`no look at ${path}`);
    const { fault, doubt } = await surveySource(look);
    if (fault !== null) return { ...found, ...refused(found, `${path} ${fault}`) };
    const flaw = { kind: 'refused', reason: `${path}: ${doubt} ${ONLY_A_PART}` } as const;
    if (doubt !== null) return { ...found, clip: null, flaw };
    const { route, media } = await this.inspection.routeByHeader(look);
    if (route.engine !== null) {
      const clip = this.#clipOf(found, route.engine, media);
      return { ...found, clip, flaw: null };
    }
    if (media !== null && isAudioOnly(media)) return { ...found, leftover: 'sound' };
    if (media === null && !isNamedLikeClip(slashed(path))) return { ...found, leftover: 'other' };
    return { ...found, ...refused(found, route.problem) };
  }

  #clipOf(found: Found, engine: EngineName, media: MediaInfo | null): Clip {
    const { kinds, viewing } = this.request;
    const correction = viewing?.corrections?.of(knownBy(found.path, media)) ?? { cdl: null };
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
    return { ...found, engine, obstacles, warnings, cdl };
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
      const violations = this.inspection.violations(engine, asked, media);
      const sentence = violations.map(({ message }) => message).join('. ');
      if (sentence !== '') obstacles.set(kind, sentence);
    }
    return obstacles;
  }
}

/** Something that its job will be refused for. */
function refused(found: Found, reason: string): { clip: Clip; flaw: Flaw } {
  return { clip: withoutEngine(found), flaw: { kind: 'refused', reason } };
}

/** A clip whose job will be refused. */
export function withoutEngine({ path, medium }: Found): Clip {
  return { path, medium, engine: null, warnings: [], obstacles: new Map(), cdl: null };
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

/** What a plan is made with. */
export interface Planning {
  examiner: Examiner;
  /** Told how far it is. */
  show: (text: () => string) => void;
}

/** The clips, in their order; what is none is counted, and what can't be made is a problem. */
export async function examineAll(
  { found, leftovers }: Walk,
  { examiner, show }: Planning,
  problems: Problem[],
): Promise<Clip[]> {
  const examined = await severalAtOnce(
    found,
    (one) => examiner.examine(one),
    (count) => show(() => `${count} of ${found.length} files looked into`),
  );
  const clips: Clip[] = [];
  for (const one of examined) {
    const { path } = one;
    if ('leftover' in one) leftovers.add(one.leftover, path);
    else {
      const { clip, flaw } = one;
      if (flaw !== null) problems.push({ path, ...flaw, ...(clip && { isPlanned: true }) });
      if (clip === null) continue;
      clips.push(clip);
      for (const [{ codec }, sentence] of clip.obstacles)
        problems.push({ path, kind: 'refused', reason: `${path}: no ${codec}. ${sentence}` });
    }
  }
  return clips;
}

/** Why an editing system may not attach the proxies of a source that FFmpeg makes, a sentence for each reason. */
function attachWarnings(
  media: MediaInfo,
  kinds: readonly ProxyKind[],
  { editor, resolution }: Pick<PlanRequest, 'editor' | 'resolution'>,
): string[] {
  if (editor === 'premiere')
    return [...new Set(kinds.flatMap((kind) => sizeWarnings(media, kind, resolution)))];
  return editor === 'fcp' && isUnseen(media) ? [UNSEEN] : [];
}

const UNSEEN =
  'Final Cut may see no timecode in it, as it is in no timecode track, but one in its proxy. Compare both before you attach it.';

/** Adobe: the size of a proxy must divide that of its clip. */
function sizeWarnings(media: MediaInfo, kind: ProxyKind, resolution: string): string[] {
  const { plan } = planProxy({ ...kind, resolution, explicitFps: null }, media);
  if (!plan?.source.size) return [];
  const { width, height } = plan.video.size;
  const [across = 0, down = 0] = plan.source.size.split('x').map(Number);
  if (across % width === 0 && down % height === 0) return [];
  return [
    `Premiere may not attach its proxy: ${width}x${height} doesn't divide ${across}x${down}. Give --resolution same, or a size that does.`,
  ];
}

/** QuickTime whose timecode is only a tag, as Sony's cameras write it. */
function isUnseen(media: MediaInfo): boolean {
  if (!media.formatName.split(',').includes('mov')) return false;
  const hasTrack = media.streams.some(({ codecTag }) => codecTag === 'tmcd');
  return !hasTrack && clipTimes(media).start !== null;
}
