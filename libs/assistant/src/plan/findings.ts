import { keyOfKind, type PlanRequest, type ProxyKey, type ProxyKind } from './plan-request.ts';
import { defaultLook, type ClipLook } from './planned-viewing.ts';
import type { Camera } from '../cards/camera.ts';
import type { MediaRecord } from './record.ts';
import type { JobReference } from './job-index.ts';
import type { Source } from './sources.ts';
import type { Entry, LeftOut, Problem } from './walk.ts';

/** Proxy that won't be requested again: it was dismissed, or its job's result was moved away. */
export interface SettledProxy {
  path: string;
  kind: ProxyKind;
  how: 'put_aside' | 'forgotten';
}

/** Collects the results of a planning pass: problems to print, each once, and lines for the inventory. */
export class Findings {
  readonly problems: Problem[] = [];
  /** Proxies that were left out, by clip and kind. */
  readonly unplanned: { path: string; kind: ProxyKind; reason: string }[] = [];
  /** Proxies that need no action, by clip and kind. */
  readonly settled: SettledProxy[] = [];
  /** Paths recorded in this pass. */
  readonly paths = new Set<string>();
  readonly #reported = new Set<string>();
  #sources: ReadonlyMap<string, Source> = new Map();

  constructor(
    private readonly request: PlanRequest,
    private readonly record: MediaRecord,
  ) {}

  set sources(sources: readonly Source[]) {
    this.#sources = new Map(sources.map((source) => [source.path, source]));
  }

  sourceOf({ path }: Entry): Source | undefined {
    return this.#sources.get(path);
  }

  report(problem: Problem) {
    if (this.#reported.has(problem.reason)) return;
    this.#reported.add(problem.reason);
    this.problems.push(problem);
  }

  /** Reports a clip that will be rejected, unless all of its proxies were put aside. */
  reportFlaw({ path }: Entry) {
    const { examined } = this.#sources.get(path) ?? {};
    if (!examined || !('clip' in examined) || examined.flaw === null) return;
    const settled = this.settled.filter((proxy) => proxy.path === path);
    if (settled.length < this.request.kinds.length)
      this.report({ path, ...examined.flaw, isPlanned: true });
  }

  /** Records that a job requests a clip. */
  add(clip: ClipLike, kind: ProxyKind, by: JobReference) {
    this.record.addRequest(this.#recorded(clip), this.#key(clip, kind), by);
  }

  /** Records that a clip gets no proxies of these kinds. If the user dismissed it before, it isn't reported again. */
  leaveOut(clip: ClipLike, kinds: readonly ProxyKind[], problem: LeftOut) {
    const { cause, reason } = problem;
    for (const kind of kinds)
      if (this.record.leaveOut(this.#recorded(clip), this.#key(clip, kind), cause, reason)) {
        this.report(problem);
        this.unplanned.push({ path: clip.path, kind, reason });
      } else this.addSettled(clip, kind, 'put_aside');
  }

  addSettled({ path }: Entry, kind: ProxyKind, how: SettledProxy['how']) {
    this.settled.push({ path, kind, how });
  }

  /** Records an entry that can't be examined as a clip. */
  leaveOutEntry(problem: LeftOut & { medium: string }) {
    this.leaveOut(problem, this.request.kinds, problem);
  }

  /** Records that a clip may still be being copied. @param isReported true to print it as a problem, too */
  defer(source: Source, reason: string, isReported: boolean) {
    const { path } = source;
    if (isReported) this.report({ path, kind: 'copying', cause: 'being_copied', reason });
    for (const kind of this.request.kinds) {
      this.record.defer(this.#recorded(source), this.#key(source, kind), reason);
      this.unplanned.push({ path, kind, reason });
    }
  }

  #recorded(clip: ClipLike) {
    this.paths.add(clip.path);
    const source = this.sourceOf(clip);
    const { path, medium, seconds = null, camera } = clip;
    const { bytes = 0, mtime_ms = 0 } = source ?? {};
    return { path, medium, bytes, mtime_ms, seconds, ...camera?.recorded };
  }

  #key({ look = defaultLook(this.request.viewing) }: ClipLike, kind: ProxyKind): ProxyKey {
    return keyOfKind(kind, this.request, look);
  }
}

/** Clip as far as it is known. */
interface ClipLike extends Entry {
  look?: ClipLook;
  camera?: Camera | null;
  seconds?: number | null;
}
