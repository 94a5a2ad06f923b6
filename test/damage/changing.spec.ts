import { appendFile, copyFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { makeHealthyClips } from './healthy.ts';

const temporary = useTemporaryFolder();
const jobs = useStandInJobs();

const CHANGES = {
  grows: (path: string) => appendFile(path, Buffer.alloc(4096)),
  shrinks: async (path: string) => truncate(path, Math.floor((await stat(path)).size * 0.9)),
};

test('a clip of any format that grows or shrinks while its proxy is made is no success', async () => {
  const clips = await makeHealthyClips(temporary.path);
  const folder = await jobs.folder();
  const changes: (() => Promise<void>)[] = [];
  for (const { path, format } of clips) {
    for (const [name, change] of Object.entries(CHANGES)) {
      const source = `${path}.${name}.${format}`;
      await copyFile(path, source);
      await folder.submit(`${changes.length}.json`, [source], { job_id: `${changes.length}` });
      changes.push(() => change(source));
    }
  }
  const changed = join(temporary.path, 'changed');
  const workers = ['--once', '--max-workers', String(changes.length)];
  const runner = jobs.start(folder, { args: workers, env: { STAND_IN_UNTIL: changed } });
  await until(async () => {
    const active = (await folder.status().catch(() => null))?.active ?? [];
    return active.filter(({ clip }) => clip === 1).length === changes.length;
  });
  for (const change of changes) await change();
  await writeFile(changed, '');
  expect(await runner.exit()).toBe(1);
  const results = await folder.results();
  expect(results).toHaveLength(changes.length);
  const others = results.filter(({ failure_type }) => failure_type !== 'SourceChangedError');
  expect(others).toEqual([]);
});
