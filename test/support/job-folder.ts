import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import type { JobState, RunnerStatus } from '@app/jobspec/folder';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A watch folder and an output folder for runners that are processes of their own. */
export class JobFolder {
  readonly output: string;

  private constructor(
    readonly root: string,
    output: string,
  ) {
    this.output = output;
  }

  static async create(base: string, output = join(base, 'output')): Promise<JobFolder> {
    const folder = new JobFolder(join(base, 'watch'), output);
    await mkdir(join(folder.root, 'pending'), { recursive: true });
    await mkdir(output, { recursive: true });
    return folder;
  }

  path(state: JobState | '.runner', name = ''): string {
    return join(this.root, state, name);
  }

  /** Drops a JobSpec by rename, as careful writers do. */
  async submit(name: string, sources: readonly string[], fields: object = {}): Promise<void> {
    await this.drop(name, JSON.stringify(this.spec(sources, fields)));
  }

  spec(sources: readonly string[], fields: object = {}): object {
    return {
      jobspec_version: '2.1',
      sources,
      output_directory: this.output,
      codec: 'h264',
      container: 'mp4',
      resolution: 'same',
      naming_template: '{job_id}-{index}',
      ...fields,
    };
  }

  async drop(name: string, text: string): Promise<void> {
    const temporary = this.path('pending', `.${name}`);
    await writeFile(temporary, text);
    await rename(temporary, this.path('pending', name));
  }

  async names(state: JobState): Promise<string[]> {
    return readdir(this.path(state)).catch(() => []);
  }

  /** The only archived result. */
  async result(): Promise<JobResult> {
    const all = await this.results();
    if (all.length !== 1) throw new Error(`Expected one result, got ${all.length}`);
    return all[0] as JobResult;
  }

  /** Every archived result; each must honour the schema, agree with its folder and lie beside its job. */
  async results(): Promise<JobResult[]> {
    const results: JobResult[] = [];
    for (const state of ['completed', 'failed'] as const) {
      const names = await this.names(state);
      for (const name of names.filter((name) => name.endsWith('.result.json'))) {
        const result = await readJson<JobResult>(this.path(state, name));
        const problems = await problemsOf(result, state, name, names);
        if (problems.length > 0) throw new Error(`${state}/${name}: ${problems.join('; ')}`);
        results.push(result);
      }
    }
    return results;
  }

  async status(): Promise<RunnerStatus> {
    return readJson<RunnerStatus>(this.path('.runner', 'status.json'));
  }

  async removeOutputs(): Promise<void> {
    for (const name of await readdir(this.output)) await rm(join(this.output, name));
  }
}

async function readJson<Value>(path: string): Promise<Value> {
  return JSON.parse(await readFile(path, 'utf8')) as Value;
}

async function problemsOf(result: JobResult, state: JobState, name: string, names: string[]) {
  const problems: string[] = [];
  const validate = await validator;
  if (!validate(result)) problems.push(JSON.stringify(validate.errors));
  if ((state === 'completed') !== (result.final_status === 'COMPLETED'))
    problems.push(`it says ${result.final_status}`);
  const job = name.replace(/\.result\.json$/, '.json');
  if (result._metadata.archived_as !== job) problems.push('it names another job');
  if (!names.includes(job)) problems.push('its job is not beside it');
  return problems;
}

const validator = readFile(
  new URL('../../schemas/result.schema.json', import.meta.url),
  'utf8',
).then((text) => {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  return ajv.compile<JobResult>(JSON.parse(text) as object);
});
