import { keyOfKind, type PlanRequest, type ProxyKey, type ProxyKind } from './plan-request.ts';
import { usualLook, type ClipLook } from './planned-viewing.ts';
import type { Camera } from '../cards/camera.ts';
import type { MediaRecord } from './record.ts';
import type { AskedBy } from './made.ts';
import type { Source } from './sources.ts';
import type { Found, LeftOut, Problem } from './walk.ts';

/** A proxy that isn't asked for: somebody has put it aside, or the result of the job that ended was moved away. */
export interface SettledProxy {
  path: string;
  kind: ProxyKind;
  how: 'put_aside' | 'forgotten';
}

/** What a pass has found out about clips: for people, each sentence once, and for the record. */
export class Findings {
  readonly problems: Problem[] = [];
  /** What isn't asked for, by clip and kind. */
  readonly leftOut: { path: string; kind: ProxyKind; reason: string }[] = [];
  /** What needs nobody, by clip and kind. */
  readonly settled: SettledProxy[] = [];
  /** Paths that the record has something of now. */
  readonly paths = new Set<string>();
  readonly #told = new Set<string>();
  #sources: ReadonlyMap<string, Source> = new Map();

  constructor(
    private readonly request: PlanRequest,
    private readonly record: MediaRecord,
  ) {}

  set sources(sources: readonly Source[]) {
    this.#sources = new Map(sources.map((source) => [source.path, source]));
  }

  sourceOf({ path }: Found): Source | undefined {
    return this.#sources.get(path);
  }

  tell(problem: Problem) {
    if (this.#told.has(problem.reason)) return;
    this.#told.add(problem.reason);
    this.problems.push(problem);
  }

  /** A clip is asked for by a job. */
  ask(clip: Seen, kind: ProxyKind, by: AskedBy) {
    this.record.ask(this.#recorded(clip), this.#key(clip, kind), by);
  }

  /** Kinds of proxies aren't asked for of a clip. */
  leaveOut(clip: Seen, kinds: readonly ProxyKind[], problem: LeftOut) {
    const { cause, reason } = problem;
    for (const kind of kinds)
      if (this.record.leaveOut(this.#recorded(clip), this.#key(clip, kind), cause, reason)) {
        this.tell(problem);
        this.leftOut.push({ path: clip.path, kind, reason });
      } else this.settle(clip, kind, 'put_aside');
  }

  settle({ path }: Found, kind: ProxyKind, how: SettledProxy['how']) {
    this.settled.push({ path, kind, how });
  }

  /** Something that is no clip that can be looked at. */
  missEntry(problem: LeftOut & { medium: string }) {
    this.leaveOut(problem, this.request.kinds, problem);
  }

  /** A clip may still be copied. @param isTold whether people are told. */
  wait(source: Source, reason: string, isTold: boolean) {
    const { path } = source;
    if (isTold) this.tell({ path, kind: 'copying', cause: 'being_copied', reason });
    for (const kind of this.request.kinds) {
      this.record.waitFor(this.#recorded(source), this.#key(source, kind), reason);
      this.leftOut.push({ path, kind, reason });
    }
  }

  #recorded(clip: Seen) {
    this.paths.add(clip.path);
    const source = this.sourceOf(clip);
    const { path, medium, seconds = null, camera } = clip;
    const { bytes = 0, mtime_ms = 0 } = source ?? {};
    return { path, medium, bytes, mtime_ms, seconds, ...camera?.said };
  }

  #key({ look = usualLook(this.request.viewing) }: Seen, kind: ProxyKind): ProxyKey {
    return keyOfKind(kind, this.request, look);
  }
}

/** A clip, as far as it was looked at. */
interface Seen extends Found {
  look?: ClipLook;
  camera?: Camera | null;
  seconds?: number | null;
}
