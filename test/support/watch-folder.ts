import { createHash, randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { JOB_STATES, type JobState } from '@app/jobspec/folder';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { jobSpec, type JobFields } from './job-spec.ts';
import { resultSchemaErrors } from './result-schema.ts';

/** An archived pair: where it is, and what its result says. */
export interface Archived {
  state: 'completed' | 'failed';
  /** Name of the JobSpec. */
  name: string;
  result: JobResult;
}

/** A watch folder of a test, with a folder for proxies beside it. It remembers what was dropped, so that a loss shows. */
export class TestFolder {
  readonly root: string;
  /** An existing, empty output directory. */
  readonly output: string;
  readonly #dropped = new Set<string>();

  private constructor(private readonly base: string) {
    this.root = join(base, 'watch');
    this.output = join(base, 'proxies');
  }

  static async create(): Promise<TestFolder> {
    const folder = new TestFolder(await mkdtemp(join(tmpdir(), 'watch-folder-runner-')));
    for (const state of JOB_STATES) await mkdir(folder.path(state), { recursive: true });
    await mkdir(folder.output);
    return folder;
  }

  /** A runner that a test has left running ends only after this, and may write its status into a directory that is being removed. */
  remove(): Promise<void> {
    return rm(this.base, { recursive: true, force: true, maxRetries: 20 });
  }

  /** The path of a state's directory, or of a file in it. */
  path(state: JobState, name = ''): string {
    return join(this.root, state, name);
  }

  /** A path beside the watch folder, for whatever a test needs. */
  beside(name: string): string {
    return join(this.base, name);
  }

  /** Puts a file into `pending/` in one step, as a careful writer does. @throws when the name is taken there. */
  async drop(name: string, content: string | Uint8Array): Promise<void> {
    const temporary = this.beside(randomUUID());
    await writeFile(temporary, content);
    this.#dropped.add(sha256(content));
    await link(temporary, this.path('pending', name));
    await rm(temporary);
  }

  /** Drops a complete valid JobSpec with these fields; outputs go to {@link output} unless told otherwise. */
  async dropJob(name: string, fields: JobFields): Promise<void> {
    await this.drop(name, JSON.stringify(jobSpec({ output_directory: this.output, ...fields })));
  }

  /** Makes the watch folder and the output directory, with what is in them, another user's. Needs root. */
  async giveTo(uid: number): Promise<void> {
    await chmod(this.base, 0o755);
    for (const path of [this.root, this.output]) {
      await chown(path, uid, uid);
      const names = await readdir(path, { recursive: true });
      for (const name of names) await chown(join(path, name), uid, uid);
    }
  }

  /** The names in a state's directory, or in the output directory, hidden ones included. */
  async names(where: JobState | 'output'): Promise<string[]> {
    return (await readdir(where === 'output' ? this.output : this.path(where))).sort();
  }

  /** Every archived job, in the order of their names. */
  async archived(): Promise<Archived[]> {
    const found: Archived[] = [];
    for (const state of ['completed', 'failed'] as const) {
      const results = (await this.names(state)).filter((name) => name.endsWith('.result.json'));
      for (const file of results) {
        const result = JSON.parse(await readFile(this.path(state, file), 'utf8')) as JobResult;
        found.push({ state, name: file.replace(/\.result\.json$/, '.json'), result });
      }
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The result of the job that is archived under this name. */
  async result(name: string): Promise<JobResult> {
    const found = (await this.archived()).find((job) => job.name === name);
    if (!found) throw new Error(`Expected a result of ${name}; log and folders have the reason`);
    return found.result;
  }

  /** The digests of dropped files that are nowhere in the watch folder. */
  async lost(): Promise<string[]> {
    const lost = new Set(this.#dropped);
    for (const state of JOB_STATES) {
      const entries = await readdir(this.path(state), { withFileTypes: true });
      for (const { name } of entries.filter((entry) => entry.isFile() && isUtf8(entry.name)))
        lost.delete(sha256(await readFile(this.path(state, name))));
    }
    return [...lost];
  }
}

/** What holds of every watch folder at any time: results are valid and beside their JobSpecs, and no job is lost. */
async function checkFolder(folder: TestFolder) {
  for (const { state, name, result } of await folder.archived()) {
    expect(await resultSchemaErrors(result), `result of ${name}`).toEqual([]);
    const { archived_as, jobspec_sha256 } = result._metadata;
    expect(archived_as).toBe(name);
    expect(jobspec_sha256).toBe(sha256(await readFile(folder.path(state, name))));
    expect(state).toBe(result.final_status === 'COMPLETED' ? 'completed' : 'failed');
  }
  expect(await folder.lost(), 'digests of lost jobs').toEqual([]);
}

/** A new watch folder for each test; checked and removed after it. */
export function useWatchFolder(): () => TestFolder {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await TestFolder.create();
  });
  afterEach(() => finish(folder));
  return () => folder;
}

/** One watch folder for all tests of a file, which look at one run from different sides. */
export function useSharedWatchFolder(): () => TestFolder {
  let folder: TestFolder;
  beforeAll(async () => {
    folder = await TestFolder.create();
  });
  afterAll(() => finish(folder));
  return () => folder;
}

async function finish(folder: TestFolder) {
  try {
    await checkFolder(folder);
  } finally {
    await folder.remove();
  }
}

const isUtf8 = (name: string) => !name.includes('\uFFFD');

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
