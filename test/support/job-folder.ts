import { randomUUID } from 'node:crypto';
import { isInventoryName } from '@app/jobspec/inventory';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import {
  ARCHIVES,
  archiveOf,
  isResultName,
  jobNameOfResult,
  type JobState,
  type RunnerStatus,
} from '@app/jobspec/folder';
import { jobSpec, type JobFields } from './job-spec.ts';
import { resultSchemaErrors } from './result-schema.ts';

/** An archived pair: where it is, and what its result says. */
export interface Archived {
  state: (typeof ARCHIVES)[number];
  /** Name of the JobSpec. */
  name: string;
  result: JobResult;
}

/** A watch folder and an output folder of a test. */
export class JobFolder {
  protected constructor(
    readonly root: string,
    /** An existing output directory, empty at first. */
    readonly output: string,
  ) {}

  static async create(base: string, output = join(base, 'output')): Promise<JobFolder> {
    const folder = new JobFolder(join(base, 'watch'), output);
    await mkdir(join(folder.root, 'pending'), { recursive: true });
    await mkdir(output, { recursive: true });
    return folder;
  }

  /** The path of a directory of the watch folder, or of a file in it. */
  path(where: JobState | '.runner', name = ''): string {
    return join(this.root, where, name);
  }

  /** Drops a complete valid JobSpec whose proxies are named after its id. */
  async submit(name: string, sources: readonly string[], fields: JobFields = {}): Promise<void> {
    await this.drop(name, JSON.stringify(this.spec(sources, fields)));
  }

  spec(sources: readonly string[], fields: JobFields = {}): JobFields {
    return jobSpec({
      sources,
      output_directory: this.output,
      codec: 'h264',
      container: 'mp4',
      naming_template: '{job_id}-{index}',
      ...fields,
    });
  }

  /** Puts a file into `pending/` in one step, as a careful writer does. */
  async drop(name: string, content: string | Uint8Array): Promise<void> {
    // A name of its own, however long the other one is.
    const temporary = this.path('pending', `.${randomUUID()}`);
    await writeFile(temporary, content);
    await rename(temporary, this.path('pending', name));
  }

  /** The names in a state's directory, or in the output directory, hidden ones included, without inventories; none when it isn't there. */
  async names(where: JobState | 'output'): Promise<string[]> {
    const path = where === 'output' ? this.output : this.path(where);
    const names: string[] = await readdir(path).catch(() => []);
    return names.filter((name) => !isInventoryName(name)).sort();
  }

  /** The lines that `plan` has dropped for the record, in their order. */
  async dropped(): Promise<Record<string, unknown>[]> {
    const names = (await readdir(this.path('pending'))).filter(isInventoryName).sort();
    const texts = await Promise.all(
      names.map((name) => readFile(this.path('pending', name), 'utf8')),
    );
    const lines = texts.join('').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Every archived job, in the order of their names. */
  async archived(): Promise<Archived[]> {
    return (await this.#found()).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #found(): Promise<Archived[]> {
    const found: Archived[] = [];
    for (const state of ARCHIVES)
      for (const file of (await this.names(state)).filter(isResultName)) {
        const result = await readJson<JobResult>(this.path(state, file));
        found.push({ state, name: jobNameOfResult(file), result });
      }
    return found;
  }

  /** The result of the job that is archived under this name; without one, the only result that there is. */
  async result(name?: string): Promise<JobResult> {
    const all = await this.archived();
    const [found, ...others] = all.filter((job) => name === undefined || job.name === name);
    if (found === undefined || others.length > 0)
      throw new Error(`Expected one result (${name ?? 'of any job'}), got ${all.length} in all`);
    return found.result;
  }

  /** Every archived result, those of completed jobs first; each must honour the schema, agree with its folder and lie beside its job. */
  async results(): Promise<JobResult[]> {
    const found = await this.#found();
    for (const job of found) {
      const problems = await this.#problemsOf(job);
      if (problems.length > 0)
        throw new Error(`${job.state}/${job.name}: ${problems.slice(0, 5).join('; ')}`);
    }
    return found.map(({ result }) => result);
  }

  async status(): Promise<RunnerStatus> {
    return readJson<RunnerStatus>(this.path('.runner', 'status.json'));
  }

  async removeOutputs(): Promise<void> {
    for (const name of await readdir(this.output)) await rm(join(this.output, name));
  }

  async #problemsOf({ state, name, result }: Archived): Promise<string[]> {
    const problems = await resultSchemaErrors(result);
    if (state !== archiveOf(result.final_status)) problems.push(`it says ${result.final_status}`);
    if (result._metadata.archived_as !== name) problems.push('it names another job');
    if (!(await this.names(state)).includes(name)) problems.push('its job is not beside it');
    return problems;
  }
}

async function readJson<Value>(path: string): Promise<Value> {
  return JSON.parse(await readFile(path, 'utf8')) as Value;
}
