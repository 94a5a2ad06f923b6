import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { RunnerSettings } from '../../config/settings.ts';
import { WatchFolder } from '../folder/index.ts';
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

it('a program that takes too long is ended, and not started again for that job', async () => {
  class Quick extends AfterJobs {
    protected override readonly limitSeconds = 0.2;
  }
  const after = new Quick(folder, settings());
  await after.expect('a.json');
  await writeFile(join(folder.failed, 'a.result.json'), '{}');
  const begun = performance.now();
  after.wake();
  await after.onIdle();
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(await readdir(folder.afterJob)).toEqual([]);
});

it('a job that somebody took away is forgotten, and one that is not archived yet waits', async () => {
  const after = new AfterJobs(folder, settings());
  await after.expect('a.json');
  await writeFile(join(folder.running, 'a.json'), '{}');
  after.wake();
  await after.onIdle();
  expect(await readdir(folder.afterJob)).toEqual(['a.json']);
  await rm(join(folder.running, 'a.json'));
  after.wake();
  await after.onIdle();
  expect(await readdir(folder.afterJob)).toEqual([]);
});
