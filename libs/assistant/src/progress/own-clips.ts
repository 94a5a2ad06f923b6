import { join } from 'node:path';
import { MAX_STATUS_BYTES, readRunnerStatus, refusalOfName } from '@app/jobspec/folder';
import { attemptsToCome, kindOf, type JobAttempt } from '@app/jobspec/ledger';
import { askedJob, readdir, readWhole, severalAtOnce, type WatchFolder } from '@app/storage';
import type { PlanRequest } from '../plan/plan-request.ts';
import type { Plan } from '../plan/report.ts';
import type { HowFar } from './bar.ts';

/** Whether an attempt is at a proxy that a plan asks for: of one of its clips, of one of its kinds. */
export type IsAsked = (attempt: Pick<JobAttempt, 'source' | 'kind'>) => boolean;

export function askedBy(
  { clips }: Pick<Plan, 'clips'>,
  { kinds, resolution, viewing }: Pick<PlanRequest, 'kinds' | 'resolution' | 'viewing'>,
): IsAsked {
  const sources = new Set(clips.map(({ path }) => path));
  const names = kinds.map((kind) => kindOf({ ...kind, resolution, fps: null, looks: [] }) ?? '');
  const isOne = (kind: string, name: string) =>
    kind === name || (viewing !== null && kind.startsWith(`${name} look `));
  return ({ source, kind }) =>
    sources.has(source) && kind !== null && names.some((name) => isOne(kind, name));
}

/** The clips of a plan that jobs of a watch folder are to make, whoever runs these. */
export class OwnClips {
  readonly #began = performance.now();

  private constructor(
    private readonly folder: WatchFolder,
    private readonly jobs: ReadonlyMap<string, number>,
  ) {}

  /** Those that wait or run now. @throws the system's error. */
  static async in(folder: WatchFolder, isAsked: IsAsked): Promise<OwnClips> {
    const jobs = new Map<string, number>();
    for (const directory of [folder.pending, folder.running])
      await severalAtOnce(await jobsIn(directory), async (name) => {
        const asked = await askedJob(join(directory, name));
        const own = asked && attemptsToCome('waiting', asked, 0).filter(isAsked).length;
        if (own) jobs.set(name, own);
      });
    return new OwnClips(folder, jobs);
  }

  get total(): number {
    return [...this.jobs.values()].reduce((sum, clips) => sum + clips, 0);
  }

  /** How far they are. @throws the system's error. */
  async look(): Promise<HowFar> {
    const { folder, total } = this;
    // In the order in which jobs travel.
    const left = new Set(await jobsIn(folder.pending));
    for (const name of await jobsIn(folder.running)) left.add(name);
    const waiting = [...this.jobs].filter(([name]) => left.has(name));
    const ended = total - waiting.reduce((sum, [, clips]) => sum + clips, 0);
    const bytes = await readWhole(folder.status, MAX_STATUS_BYTES).catch(() => null);
    const status = bytes && readRunnerStatus(bytes);
    const active = (status?.active ?? []).filter(
      ({ name }) => this.jobs.has(name) && left.has(name),
    );
    const seconds = (performance.now() - this.#began) / 1000;
    return { word: 'clip', ended, total, seconds, active, paused: status?.paused ?? null };
  }
}

async function jobsIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => refusalOfName(name) === null);
}
