import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeAll } from 'vitest';
import { JobFolder } from './job-folder.ts';
import { RunnerProcess, type RunnerProcessOptions } from './runner-process.ts';
import { makeStandInMedia } from './stand-in-media.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

/** A source, its proxy, fresh watch folders, and runners that are gone when their test ends. */
export function useStandInJobs() {
  const temporary = useTemporaryFolder();
  const media = { source: '', proxy: '' };
  const runners: RunnerProcess[] = [];
  beforeAll(async () => void Object.assign(media, await makeStandInMedia(temporary.path)));
  afterEach(async ({ task }) => {
    const started = runners.splice(0);
    await Promise.all(started.map((runner) => runner.kill()));
    if (task.result?.state === 'fail') for (const { log } of started) console.error(log);
  });
  return {
    media,
    /** A directory that is removed with the test file. */
    base: () => join(temporary.path, randomUUID()),
    folder: () => JobFolder.create(join(temporary.path, randomUUID())),
    /** Starts a runner whose FFmpeg is the stand-in unless `proxy` says otherwise. Its log is printed if the test fails. */
    start(folder: JobFolder, options: RunnerProcessOptions = {}): RunnerProcess {
      const runner = new RunnerProcess(folder.root, { proxy: media.proxy, ...options });
      runners.push(runner);
      return runner;
    },
  };
}
