import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { harmfulCalls, type ResolveJob } from '../../support/resolve-jobs.ts';
import { until } from '../../support/runner-process.ts';
import { Random } from '../../crash/random.ts';
import { pickFault } from './faults.ts';

/** Projects of others: none of them may change, whatever happens. */
const THEIRS = {
  'Feature film': { clips: { a: {} }, timelines: { cut: {} } },
  'Spots 2026': { folder: 'Commercials', modified: true },
};

const QUICK = {
  'resolve-connect-seconds': 4,
  'resolve-phase-seconds': 4,
  'resolve-stall-seconds': 3,
};

const STATES = ['pending', 'running', 'completed', 'failed'] as const;

/** Jobs for one session of the stand-in, one after the other, each with something that goes wrong; then what doesn't hold. */
export class ResolveCampaign {
  readonly faults: Record<string, number> = {};
  readonly #random: Random;
  readonly #archived = new Map<string, string>();
  #jobs = 0;

  constructor(
    private readonly job: ResolveJob,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  /** @returns what doesn't hold; empty when all is well. */
  async run(jobs: number, onJob?: (done: number) => void): Promise<string[]> {
    for (const [name, facts] of Object.entries(THEIRS))
      await this.job.resolve.addProject(name, facts);
    const problems: string[] = [];
    while (this.#jobs < jobs && problems.length === 0) {
      const fault = await this.#round();
      const found = await this.#problems();
      problems.push(...found.map((problem) => `job ${this.#jobs} (${fault}): ${problem}`));
      onJob?.(this.#jobs);
    }
    return problems.length > 0 ? problems : this.#atRest();
  }

  async #round(): Promise<string> {
    const { resolve } = this.job;
    const fault = pickFault(this.#random);
    this.faults[fault.name] = (this.faults[fault.name] ?? 0) + 1;
    await resolve.play({ progress_step_s: 0.1, ...fault.scenario });
    await this.#submit();
    const runner = this.job.start({ flags: QUICK });
    const wait = 300 + this.#random.below(5000);
    if (fault.strike) {
      await Promise.race([runner.exit(), sleep(wait)]);
      await fault.strike(resolve, runner);
    }
    await runner.exit();
    await resolve.closeDialog();
    await resolve.play({});
    const isStuck = (await resolve.note()).includes('hung stop');
    if (isStuck || (await resolve.current()) === 'Feature film') await resolve.restart();
    return `${fault.name} ${JSON.stringify(fault.scenario)} after ${wait} ms`;
  }

  async #submit(): Promise<void> {
    const id = `job-${++this.#jobs}`;
    const sources = this.#random.below(4) === 0 ? [`${id}-a.braw`, `${id}-b.braw`] : [`${id}.braw`];
    const codec = this.#random.below(12) === 0 ? { codec: 'vp9', container: 'webm' } : {};
    const fields = { job_id: id, naming_template: '{job_id}-{index}', ...codec };
    await this.job.submit({ sources, fields }, `${id}.json`);
  }

  /** Checks what must hold after every job, while no runner is active. */
  async #problems(): Promise<string[]> {
    const { folder, resolve } = this.job;
    const problems: string[] = [];
    const places = new Map<string, string[]>();
    for (const state of STATES)
      for (const name of await folder.names(state))
        if (/^job-\d+\.json$/.test(name)) places.set(name, [...(places.get(name) ?? []), state]);
    for (let job = 1; job <= this.#jobs; job++) {
      const found = places.get(`job-${job}.json`) ?? [];
      if (found.length !== 1)
        problems.push(`job-${job} is in ${found.join(' and ') || 'no folder'}`);
    }
    for (const [name, facts] of Object.entries(THEIRS)) {
      const now = JSON.stringify(await resolve.project(name));
      const parts = Object.entries(facts).map(
        ([key, value]) => `"${key}":${JSON.stringify(value)}`,
      );
      const changed = parts.filter(
        (part) => !now?.includes(part) && !part.startsWith('"modified"'),
      );
      if (now === undefined || changed.length > 0)
        problems.push(`${name} was touched: ${changed.join()}`);
    }
    const harmful = await harmfulCalls(resolve);
    return [...problems, ...harmful, ...(await this.#changedResults())];
  }

  async #changedResults(): Promise<string[]> {
    const problems: string[] = [];
    for (const state of ['completed', 'failed'] as const) {
      for (const name of await this.job.folder.names(state)) {
        const bytes = await readFile(this.job.folder.path(state, name));
        const digest = createHash('sha256').update(bytes).digest('hex');
        if ((this.#archived.get(name) ?? digest) !== digest)
          problems.push(`${name} was decided again`);
        this.#archived.set(name, digest);
      }
    }
    return problems;
  }

  /** Two calm jobs: the first finds out whether Resolve is well, and clears it; then nothing of ours is left. */
  async #atRest(): Promise<string[]> {
    const { folder, resolve } = this.job;
    for (const name of ['calm-1', 'calm-2']) {
      await this.job.submit(
        { sources: [`${name}.braw`], fields: { job_id: name } },
        `${name}.json`,
      );
      await this.job.start().exit();
    }
    const problems = await this.#problems();
    const results = await folder.results();
    if (results.length !== this.#jobs + 2)
      problems.push(`${this.#jobs + 2} jobs have ${results.length} results`);
    if (!(await folder.names('completed')).includes('calm-2.json'))
      problems.push('a calm job was not made');
    const left = await resolve.left();
    if (left.length > 0) problems.push(`something is left: ${left.join(', ')}`);
    if (!(await resolve.isOurs())) problems.push(`${await resolve.current()} is open at the end`);
    if ((await resolve.note()) !== '') problems.push(`the lock file says ${await resolve.note()}`);
    await until(async () => !(await resolve.isRendering()));
    const clips = results.flatMap((result) => result.clips);
    const named = clips.flatMap((clip) =>
      clip.status === 'COMPLETED' ? clip.resolved_output_path : (clip.partial_output_path ?? []),
    );
    const there = (await readdir(folder.output)).map((name) => join(folder.output, name));
    problems.push(
      ...there
        .filter((path) => !named.includes(path))
        .map((path) => `no result names ${basename(path)}`),
    );
    problems.push(
      ...named
        .filter((path) => !there.includes(path))
        .map((path) => `${basename(path)} is not there`),
    );
    return problems;
  }
}
