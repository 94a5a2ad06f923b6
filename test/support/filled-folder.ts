import { JOB_STATES, type JobState, type RunnerStatus } from '@app/jobspec/folder';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobResult, type ResultOverrides } from './job-result.ts';
import { jobSpec, type JobFields } from './job-spec.ts';

const JOB: JobFields = {
  job_id: 'abc12345',
  sources: ['/media/day01/A001/A001C001.mov'],
  output_directory: '/proxies/day01',
};

/** A watch folder of its own, filled as a runner would fill it. */
export class FilledFolder {
  readonly path: string;

  /** @param path of a folder to make; a temporary one when it is left out */
  constructor(path = mkdtempSync(join(tmpdir(), 'watch-'))) {
    this.path = path;
    for (const state of JOB_STATES) mkdirSync(join(path, state), { recursive: true });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** A job that ended: its JobSpec, and beside it the result. */
  archive(base: string, overrides: ResultOverrides = {}): void {
    const result = jobResult({
      ...overrides,
      _metadata: { archived_as: `${base}.json`, ...overrides._metadata },
    });
    const state = result.final_status === 'COMPLETED' ? 'completed' : 'failed';
    const sources = result.clips.map(({ source_path }) => source_path);
    this.job(state, base, { job_id: result.job_id, ...(sources.length > 0 ? { sources } : {}) });
    this.write(`${state}/${base}.result.json`, `${JSON.stringify(result, null, 2)}\n`);
  }

  /** A JobSpec in a state's folder. */
  job(state: JobState, base: string, fields: JobFields = {}): void {
    this.write(`${state}/${base}.json`, JSON.stringify(jobSpec({ ...JOB, ...fields }), null, 2));
  }

  /** Writes the inventory of media, as kept by a runner. */
  record(lines: readonly object[]): void {
    mkdirSync(join(this.path, '.runner'), { recursive: true });
    this.write(
      '.runner/inventory.jsonl',
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }

  status(status: RunnerStatus): void {
    mkdirSync(join(this.path, '.runner'), { recursive: true });
    this.write('.runner/status.json', JSON.stringify(status));
  }

  /** Any file, written aside and renamed into its place. */
  write(name: string, content: string | Buffer): void {
    const temporary = join(this.path, '.being-written');
    writeFileSync(temporary, content);
    renameSync(temporary, join(this.path, name));
  }

  move(from: string, to: string): void {
    renameSync(join(this.path, from), join(this.path, to));
  }

  delete(name: string): void {
    rmSync(join(this.path, name));
  }
}
