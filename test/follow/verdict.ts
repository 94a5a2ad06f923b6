import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { readInventory, WatchFolder } from '@app/storage';
import { cli } from '../support/cli.ts';
import type { JobFolder } from '../support/job-folder.ts';
import { FRAMES, type Media } from './card.ts';

/** Kinds of proxies, by their codecs. */
export const CONTAINERS = { h264: 'mp4', prores_proxy: 'mov' } as const;
export type Codec = keyof typeof CONTAINERS;

/** Says by what lies on disk whether each clip was made once, and what isn't told. */
export class Verdict {
  constructor(
    private readonly folder: JobFolder,
    private readonly media: Media,
    private readonly codecs: readonly Codec[],
  ) {}

  /** Clips that wait, run or have no result yet. */
  async open(): Promise<string[]> {
    const waiting = [await this.folder.names('pending'), await this.folder.names('running')];
    // A drop that was cut off leaves a hidden name.
    const names = waiting.flat().filter((name) => !name.startsWith('.'));
    const said = await this.#said();
    const ended = await this.#endedJobs();
    const unsaid = [...this.media.there.keys()].filter(
      (path) => !ended.includes(JSON.stringify(path)) && !said.has(path),
    );
    return [...names, ...unsaid];
  }

  /** JobSpecs: the result of one that was refused or interrupted has no clips. */
  async #endedJobs(): Promise<string> {
    const jobs = await this.folder.archived();
    const texts = jobs.map(({ state, name }) => readFile(this.folder.path(state, name), 'utf8'));
    return (await Promise.all(texts)).join();
  }

  /** Reasons for left-out clips, by path. */
  async #said(): Promise<Map<string, string>> {
    const inventory = await readInventory(new WatchFolder(this.folder.root));
    const left = [...inventory.leftOut()].filter(({ cause }) => cause !== 'being_copied');
    return new Map(left.map(({ path, cause, reason }) => [path, `${cause}: ${reason}`]));
  }

  /** Broken rules, while no runner is active. */
  async problems(): Promise<string[]> {
    const open = await this.open();
    const results = await this.folder.results();
    const made = this.#made(results);
    const said = await this.#said();
    const missing = this.#missing(made);
    return [
      ...open.map((one) => `${one} has no end`),
      ...[...made].filter(([, { times }]) => times > 1).map(([key]) => `${key} was made twice`),
      ...[...made]
        .filter(([, { isWhole }]) => !isWhole)
        .map(([key]) => `${key} was made of a part`),
      ...missing
        .filter(({ path }) => !this.#isTaken(path, said))
        .map(({ path, codec }) => `${path} has no ${codec}: ${said.get(path) ?? 'nothing said'}`),
      ...this.#failures(results),
      ...(await this.#handOverProblems(missing.length + said.size > 0)),
    ];
  }

  /** Number of proxies of each clip, by path, frames and kind. */
  #made(results: readonly JobResult[]) {
    const made = new Map<string, { times: number; isWhole: boolean }>();
    for (const clip of results.flatMap((result) => result.clips)) {
      const { status, source_path: path, resolved_output_path: proxy, facts } = clip;
      if (status !== 'COMPLETED' || this.media.stalled.has(path)) continue;
      const frames = facts?.frames.made;
      const key = `${path} ${frames} ${proxy?.split('.').at(-1)}`;
      const isWhole = Object.values<unknown>(FRAMES).includes(frames);
      made.set(key, { times: (made.get(key)?.times ?? 0) + 1, isWhole });
    }
    return made;
  }

  /** Proxies of clips as they lie there now. */
  #missing(made: ReadonlyMap<string, unknown>) {
    const asked = [...this.media.there].flatMap(([path, frames]) =>
      this.codecs.map((codec) => ({ path, frames, codec })),
    );
    return asked.filter(
      ({ path, frames, codec }) =>
        !this.media.stalled.has(path) && !made.has(`${path} ${frames} ${CONTAINERS[codec]}`),
    );
  }

  /** True if the proxy of another clip, which was there before, has its place. */
  #isTaken(path: string, said: ReadonlyMap<string, string>): boolean {
    return this.media.disturbed.has(path) && said.get(path)?.startsWith('output_taken') === true;
  }

  /** Only killed jobs fail, and those whose clip was moved away or exchanged. */
  #failures(results: readonly JobResult[]): string[] {
    const excused = [...this.media.disturbed, ...this.media.stalled];
    const failed = results.filter(
      ({ failure_type, failure_reason, clips }) =>
        failure_type !== null &&
        failure_type !== 'RunnerInterrupted' &&
        !excused.some((path) => `${clips[0]?.source_path} ${failure_reason}`.includes(path)),
    );
    return failed.map(
      ({ job_id, failure_type, failure_reason }) => `${job_id}: ${failure_type} ${failure_reason}`,
    );
  }

  /** Each clip that lies there is in the lists, and the exit code says whether all is there. */
  async #handOverProblems(isMissing: boolean): Promise<string[]> {
    const lists = join(this.folder.output, '.lists');
    const { exitCode, stderr } = await cli(['handover', this.folder.root, '--output', lists]);
    const csv = await readFile(join(lists, 'handover.csv'), 'utf8').catch(() => '');
    const unnamed = [...this.media.there.keys()].filter((path) => !csv.includes(path));
    const expected = isMissing || /^failed,/m.test(csv) ? 1 : 0;
    const wrong = `handover ended with ${exitCode} and not with ${expected}: ${stderr}`;
    return [
      ...unnamed.map((path) => `${path} is in no list`),
      ...(exitCode === expected ? [] : [wrong]),
    ];
  }
}
