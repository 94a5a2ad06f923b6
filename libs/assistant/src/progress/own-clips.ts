import { join } from 'node:path';
import { requestedProxy } from '@app/jobspec';
import { clipProgress, refusalOfName } from '@app/jobspec/folder';
import { unfinishedAttempts, kindOf, proxyKeyOf, type JobAttempt } from '@app/jobspec/ledger';
import { requestedJob, readdir, statusOf, mapConcurrently, type WatchFolder } from '@app/storage';
import { documentOf } from '../plan/documents.ts';
import type { PlanRequest, ProxyKind } from '../plan/plan-request.ts';
import type { Plan } from '../plan/report.ts';
import type { BarState } from './bar.ts';

/** Proxy that a plan requests or would request. */
export interface OwnProxy {
  source: string;
  kind: ProxyKind;
}

/** Proxies of a plan, including those of clips that it leaves out. */
export class OwnProxies {
  readonly all: readonly OwnProxy[];
  /** By the ledger's key. */
  readonly #known: ReadonlyMap<string, OwnProxy>;

  constructor({ clips, unplanned }: Pick<Plan, 'clips' | 'unplanned'>, request: PlanRequest) {
    const { kinds } = request;
    const sources = new Set([...clips, ...unplanned].map(({ path }) => path));
    this.all = [...sources].flatMap((source) => kinds.map((kind) => ({ source, kind })));
    const byPath = new Map(clips.map((clip) => [clip.path, clip]));
    this.#known = new Map(
      this.all.flatMap((proxy) => {
        const { source, kind } = proxy;
        const clip = byPath.get(source);
        if (clip === undefined) return [];
        const draft = { clips: [clip], kind, engine: null, directory: '/', label: '' };
        const key = kindOf(requestedProxy(documentOf(draft, request).spec));
        return [[proxyKeyOf(source, key), proxy] as const];
      }),
    );
  }

  /** Returns the proxy of an attempt; `null` if it isn't one of these. */
  of({ source, kind }: Pick<JobAttempt, 'source' | 'kind'>): OwnProxy | null {
    return this.#known.get(proxyKeyOf(source, kind)) ?? null;
  }
}

/** Clips of a plan that jobs of a watch folder will make, whichever command submitted those jobs. */
export class OwnClips {
  readonly #began = performance.now();

  private constructor(
    private readonly folder: WatchFolder,
    private readonly jobs: ReadonlyMap<string, number>,
  ) {}

  /** Clips of waiting and running jobs. @throws system errors */
  static async in(folder: WatchFolder, proxies: OwnProxies): Promise<OwnClips> {
    const jobs = new Map<string, number>();
    for (const directory of [folder.pending, folder.running])
      await mapConcurrently(await jobsIn(directory), async (name) => {
        const asked = await requestedJob(join(directory, name));
        const attempts = asked ? unfinishedAttempts('waiting', asked, 0) : [];
        const own = attempts.filter((attempt) => proxies.of(attempt) !== null).length;
        if (own > 0) jobs.set(name, own);
      });
    return new OwnClips(folder, jobs);
  }

  get total(): number {
    return [...this.jobs.values()].reduce((sum, clips) => sum + clips, 0);
  }

  /** Current progress. @throws system errors */
  async progress(): Promise<BarState> {
    const { folder, total } = this;
    // Read in the order in which jobs move.
    const left = new Set(await jobsIn(folder.pending));
    for (const name of await jobsIn(folder.running)) left.add(name);
    const waiting = [...this.jobs].filter(([name]) => left.has(name));
    const status = await statusOf(folder).catch(() => null);
    const active = (status?.active ?? []).filter(
      ({ name }) => this.jobs.has(name) && left.has(name),
    );
    // Clips of a job are made in order.
    const made = active.reduce((sum, { clip }) => sum + Math.max(0, (clip ?? 1) - 1), 0);
    const ended = total - waiting.reduce((sum, [, clips]) => sum + clips, 0) + made;
    const begun = active.reduce((sum, job) => sum + clipProgress(job), 0);
    const seconds = (performance.now() - this.#began) / 1000;
    return { word: 'clip', ended, total, seconds, active, begun, paused: status?.paused ?? null };
  }
}

async function jobsIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => refusalOfName(name) === null);
}
