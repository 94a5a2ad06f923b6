import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { RunnerSettings } from '../config/settings.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { AfterJobs } from './after-jobs.ts';

let folder: WatchFolder;
let program: string;
const settings = () => Object.assign(new RunnerSettings(), { afterJob: program });
beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
  program = join(folder.root, 'after.sh');
  await writeFile(program, '#!/bin/sh\nsleep 60\n');
  await chmod(program, 0o755);
});
afterEach(() => rm(folder.root, { recursive: true }));

/** Jobs that the journal says are left to tell. */
async function unreported(): Promise<string[]> {
  const lines = (await readFile(folder.afterJob, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { unreported: string }).unreported);
}

it('a program that takes too long is ended, and not started again for that job', async () => {
  class Quick extends AfterJobs {
    protected override readonly limitSeconds = 0.2;
  }
  const after = new Quick(folder, settings());
  await after.recordExpected('a.json');
  await writeFile(join(folder.failed, 'a.result.json'), '{}');
  const begun = performance.now();
  after.wake();
  await after.onIdle();
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(await unreported()).toEqual([]);
});

it('a job that somebody took away is forgotten, and one that is not archived yet waits', async () => {
  const after = new AfterJobs(folder, settings());
  await after.recordExpected('a.json');
  await writeFile(join(folder.running, 'a.json'), '{}');
  after.wake();
  await after.onIdle();
  expect(await unreported()).toEqual(['a.json']);
  await rm(join(folder.running, 'a.json'));
  after.wake();
  await after.onIdle();
  expect(await unreported()).toEqual([]);
});

it('a line that a crash cut off hides no other', async () => {
  await writeFile(
    folder.afterJob,
    ['{"unreported":"a.json"}', '{"unto', '{"unreported":"b.json"}', '{"reported":"a.json"}'].join(
      '\n',
    ),
  );
  await writeFile(join(folder.running, 'b.json'), '{}');
  const after = new AfterJobs(folder, settings());
  after.wake();
  await after.onIdle();
  expect(await unreported()).toEqual(['b.json']);
});

it('a job that is archived between two looks is told of', async () => {
  await writeFile(program, `#!/bin/sh\necho "$1" >> '${folder.root}/told'\n`);
  const after = new AfterJobs(folder, settings());
  await after.recordExpected('a.json');
  const { running } = folder;
  Object.defineProperty(folder, 'running', {
    get: () => (writeFileSync(join(folder.failed, 'a.result.json'), '{}'), running),
  });
  after.wake();
  await after.onIdle();
  expect(await readFile(join(folder.root, 'told'), 'utf8')).toContain('a.result.json');
});
