import { keyOfKind, type PlanRequest, type ProxyKey, type ProxyKind } from './plan-request.ts';
import { usualLook, type ClipLook } from './planned-viewing.ts';
import type { Camera } from '../cards/camera.ts';
import type { MediaRecord } from './record.ts';
import type { AskedBy } from './made.ts';
import type { Source } from './sources.ts';
import type { Found, LeftOut, Problem } from './walk.ts';

/** Proxy without a job: it was put aside, or the result of its ended job was moved away. */
export interface SettledProxy {
  path: string;
  kind: ProxyKind;
  how: 'put_aside' | 'forgotten';
}

/** Findings of a pass: for people, each sentence once, and for the inventory. */
export class Findings {
  readonly problems: Problem[] = [];
  /** Left out proxies, by clip and kind. */
  readonly leftOut: { path: string; kind: ProxyKind; reason: string }[] = [];
  /** Proxies that need no action, by clip and kind. */
  readonly settled: SettledProxy[] = [];
  /** Paths recorded in this pass. */
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

  /** Records that a job requests a clip. */
  ask(clip: Seen, kind: ProxyKind, by: AskedBy) {
    this.record.ask(this.#recorded(clip), this.#key(clip, kind), by);
  }

  /** Records that a clip gets no proxies of these kinds. */
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

  /** Records an entry that can't be examined as a clip. */
  missEntry(problem: LeftOut & { medium: string }) {
    this.leaveOut(problem, this.request.kinds, problem);
  }

  /** Records that a clip may still be copied. @param isTold true to report it */
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

/** Clip as far as it is known. */
interface Seen extends Found {
  look?: ClipLook;
  camera?: Camera | null;
  seconds?: number | null;
}
