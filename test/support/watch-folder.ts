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
import { JOB_STATES } from '@app/jobspec/folder';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { JobFolder } from './job-folder.ts';
import { jobSpec, type JobFields } from './job-spec.ts';
import { hasFailed, keepFolder } from './kept-folder.ts';

/** A watch folder of its own for a test, with a folder for proxies beside it. It remembers what was dropped, so that a loss shows. */
export class TestFolder extends JobFolder {
  readonly #dropped = new Set<string>();

  private constructor(private readonly base: string) {
    super(join(base, 'watch'), join(base, 'proxies'));
  }

  static override async create(): Promise<TestFolder> {
    const folder = new TestFolder(await mkdtemp(join(tmpdir(), 'watch-folder-runner-')));
    for (const state of JOB_STATES) await mkdir(folder.path(state), { recursive: true });
    await mkdir(folder.output);
    return folder;
  }

  /** A runner that a test has left running ends only after this, and may write its status into a directory that is being removed. */
  remove(): Promise<void> {
    return rm(this.base, { recursive: true, force: true, maxRetries: 20 });
  }

  /** Leaves a copy for people, where that is asked for. */
  keep(name: string): Promise<void> {
    return keepFolder(this.base, name);
  }

  /** A path beside the watch folder, for whatever a test needs. */
  beside(name: string): string {
    return join(this.base, name);
  }

  /** Submits a job, but never shows it in `pending/` under another name. @throws if the name is taken there. */
  override async drop(name: string, content: string | Uint8Array): Promise<void> {
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

  /** The digests of dropped files that are nowhere in the watch folder. What a runner moves meanwhile is found in a later state. */
  async lost(): Promise<string[]> {
    const lost = new Set(this.#dropped);
    for (const state of JOB_STATES) {
      const entries = await readdir(this.path(state), { withFileTypes: true });
      for (const { name } of entries.filter((entry) => entry.isFile() && isUtf8(entry.name))) {
        const content = await readFile(this.path(state, name)).catch(nullIfMoved);
        if (content !== null) lost.delete(sha256(content));
      }
    }
    return [...lost];
  }
}

/** Checks what holds of every watch folder at any time: results are valid and beside their JobSpecs, and no job is lost. */
async function checkFolder(folder: TestFolder) {
  await folder.results();
  for (const { state, name, result } of await folder.archived()) {
    const hash = sha256(await readFile(folder.path(state, name)));
    expect(result._metadata.jobspec_sha256, `hash in the result of ${name}`).toBe(hash);
  }
  expect(await folder.lost(), 'digests of lost jobs').toEqual([]);
}

/** A new watch folder for each test; checked and removed after it. */
export function useWatchFolder(): () => TestFolder {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await TestFolder.create();
  });
  afterEach(async (context) => {
    if (hasFailed(context)) await folder.keep(context.task.name);
    await finish(folder);
  });
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

function nullIfMoved(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error;
  return null;
}

const isUtf8 = (name: string) => !name.includes('\uFFFD');

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
