import { mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { ClipResult, JobResult } from '@app/jobspec';
import { expect } from 'vitest';
import { ffprobe } from './ffprobe.ts';
import { JobFolder } from './job-folder.ts';
import { StandInResolve, type Scenario } from './resolve.ts';
import { RunnerProcess } from './runner-process.ts';
import { useTemporaryFolder } from './temporary-folder.ts';
import { primaryVideo } from '../../libs/engines/src/media/media-info.ts';

/** Long enough for a slow machine; tests of time limits set their own. */
const PATIENT = {
  'resolve-connect-seconds': 20,
  'resolve-phase-seconds': 30,
  'resolve-stall-seconds': 60,
};

export interface ResolveJobOptions {
  /** Names of sources; each is made as a file that only Resolve can read. */
  sources?: readonly string[];
  /** Fields of the JobSpec. */
  fields?: object;
  /** Flags without dashes. */
  flags?: Readonly<Record<string, string | number>>;
  env?: Readonly<Record<string, string>>;
  args?: readonly string[];
}

/** A Resolve, a watch folder, and runners on it; everything is ended and removed by `close`. */
export class ResolveJob {
  private constructor(
    readonly base: string,
    readonly resolve: StandInResolve,
    readonly folder: JobFolder,
    readonly runners: RunnerProcess[] = [],
  ) {}

  static async create(base: string, scenario: Scenario): Promise<ResolveJob> {
    const own = join(base, randomUUID());
    return new ResolveJob(own, await StandInResolve.create(scenario), await JobFolder.create(own));
  }

  /** Another watch folder on the same machine; it is closed with this one. */
  async beside(): Promise<ResolveJob> {
    const base = join(this.base, 'beside');
    return new ResolveJob(base, this.resolve, await JobFolder.create(base), this.runners);
  }

  path(name: string): string {
    return join(this.base, 'raw', name);
  }

  async source(name: string, content = 'undeveloped'): Promise<string> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  async submit(
    { sources = ['A001.braw'], fields = {} }: ResolveJobOptions = {},
    name = 'job.json',
  ) {
    const paths: string[] = [];
    for (const source of sources)
      paths.push(source.startsWith('/') ? source : await this.source(source));
    const dnxhr = { codec: 'dnxhr', container: 'mov', naming_template: '{index}_{source_name}' };
    await this.folder.submit(name, paths, { ...dnxhr, ...fields });
  }

  start({ flags = {}, env = {}, args = ['--once'] }: ResolveJobOptions = {}): RunnerProcess {
    const words = Object.entries({ ...PATIENT, ...flags });
    const options = words.flatMap(([name, value]) => [`--${name}`, String(value)]);
    const all = { ...this.resolve.env, ...env };
    const runner = new RunnerProcess(this.folder.root, { args: [...args, ...options], env: all });
    this.runners.push(runner);
    return runner;
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.kill()));
    await this.resolve.remove();
    await rm(this.base, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Outcome of a job. */
export interface Ended {
  job: ResolveJob;
  result: JobResult;
  /** The last clip that was begun. */
  clip: ClipResult | undefined;
  seconds: number;
}

/** Runs jobs for Resolve, each with a stand-in of its own, for the tests of one file. */
export function useResolveJobs() {
  const folder = useTemporaryFolder();
  /** Gives `use` a Resolve and a folder, and tidies up. */
  const withJob = async (scenario: Scenario, use: (job: ResolveJob) => Promise<void>) => {
    const job = await ResolveJob.create(folder.path, scenario);
    try {
      await use(job);
    } finally {
      await job.close();
    }
  };
  return {
    withJob,
    /** Works one job off and hands over what came of it. */
    run: (
      scenario: Scenario,
      options: ResolveJobOptions,
      check: (ended: Ended) => Promise<void> | void,
    ) =>
      withJob(scenario, async (job) => {
        await job.submit(options);
        const begun = performance.now();
        await job.start(options).exit();
        const seconds = (performance.now() - begun) / 1000;
        const result = await job.folder.result();
        await check({ job, result, clip: result.clips.at(-1), seconds });
      }),
  };
}

/** The picture of a job's only proxy. */
export async function pictureOf(result: JobResult) {
  const probed = await ffprobe(result.clips[0]?.resolved_output_path ?? '', { packets: true });
  if ('error' in probed) throw new Error(`${probed.error} (${result.failure_reason})`);
  return { media: probed.media, video: primaryVideo(probed.media) };
}

/** Calls that may harm a project, of whichever is open or named. */
const TOUCHING = /^ProjectManager\.SaveProject$/;

/** The calls that have saved, closed or deleted what isn't the runner's, and those that nobody may make. */
export async function harmfulCalls(resolve: StandInResolve): Promise<string[]> {
  const isOurs = (name: unknown) =>
    typeof name === 'string' && name.startsWith(`watch-folder-runner ${hostname()}`);
  const calls = await resolve.calls();
  const touching = calls.filter(({ method, current }) => {
    if (!TOUCHING.test(method)) return false;
    return !isOurs(current);
  });
  const forbidden = calls.filter(({ method }) =>
    /CloseProject|DeleteProject|DeleteAllRenderJobs|Quit|pinghosts|VIOLATION/.test(method),
  );
  return [...touching, ...forbidden].map(({ method, current }) => `${method} in ${current}`);
}

/** Checks what holds after every render, however it ended: the runner's project is open and empty, and no other was touched. */
export async function expectCleanedUp({ job }: Ended): Promise<void> {
  expect(await job.resolve.left()).toEqual([]);
  const methods = await job.resolve.methods();
  if (methods.includes('Project.SetSetting')) expect(await job.resolve.isOurs()).toBe(true);
  expect(await job.resolve.dialog()).toBeNull();
  expect(await harmfulCalls(job.resolve)).toEqual([]);
}
