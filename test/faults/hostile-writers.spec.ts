import { lstat, mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isRoot } from '../support/root.ts';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

/** Ways to write a job file that are slow, or change their mind; pauses are shorter than the settle time of 0.3 s. */
const WRITERS: Readonly<Record<string, (path: string, text: string) => Promise<void>>> = {
  async 'appends slowly'(path, text) {
    const file = await open(path, 'w');
    for (let at = 0; at < text.length; at += 20) {
      await file.write(text.slice(at, at + 20));
      await file.sync();
      await sleep(20);
    }
    await file.close();
  },
  async 'writes two halves with a pause'(path, text) {
    const file = await open(path, 'w');
    await file.write(text.slice(0, text.length / 2));
    await sleep(200);
    await file.write(text.slice(text.length / 2));
    await file.close();
  },
  async 'truncates and rewrites'(path, text) {
    await writeFile(path, text.slice(0, -10));
    await sleep(150);
    await writeFile(path, text);
  },
  async 'replaces by rename'(path, text) {
    await writeFile(path, '{"half": ');
    await sleep(150);
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  },
  async 'reserves the space first'(path, text) {
    const file = await open(path, 'w');
    await file.write(Buffer.alloc(Buffer.byteLength(text)), 0);
    for (let at = 0; at < text.length; at += 40) {
      await file.write(Buffer.from(text.slice(at, at + 40)), 0, null, at);
      await sleep(20);
    }
    await file.close();
  },
  async 'adds the final newline late'(path, text) {
    const file = await open(path, 'w');
    await file.write(text);
    await sleep(400);
    await file.write('\n');
    await file.close();
  },
};

test.each([
  ['fast', undefined],
  ['slow', { calls: ['read'], path: '(pending|running)/\\d', act: 'slow' }],
])('on a %s disk, no writer has its job taken before the last byte', async (_, fault) => {
  const folder = await jobs.folder();
  const runner = jobs.start(folder, { args: ['--max-workers', '4'], fault });
  await until(async () => (await folder.status().catch(() => null)) !== null);
  const writers = Object.values(WRITERS);
  const write = (writer: (typeof writers)[number], number: number) => {
    const fields = { job_id: `job-${number}`, resolved_tokens: { filler: 'x'.repeat(300) } };
    const text = JSON.stringify(folder.spec([jobs.media.source], fields));
    return writer(folder.path('pending', `${number}.json`), text);
  };
  await Promise.all(writers.map(write));
  await until(async () => (await folder.results()).length === writers.length);
  const results = await folder.results();
  expect(results.map(({ failure_reason }) => failure_reason)).toEqual(writers.map(() => null));
  expect(runner.log).not.toContain('Invalid JSON');
});

test.each<[string, (path: string, secret: string) => Promise<void>, string]>([
  // Only root can move one that has no rights.
  ['directory', (path) => mkdir(path, isRoot ? 0o555 : 0o755), 'it is not a regular file'],
  ['link to a private file', (path, secret) => symlink(secret, path), 'it is a symbolic link'],
])('a %s in the place of a job that is claimed is no job', async (_, make, reason) => {
  const folder = await jobs.folder();
  const secret = join(folder.output, 'private');
  await writeFile(secret, 'hunter2-private-key');
  for (const job_id of ['a', 'b'])
    await folder.submit(`${job_id}.json`, [jobs.media.source], { job_id });
  const fault = { calls: ['rename'], path: 'pending/a\\.json', act: 'slow', count: 1 };
  const runner = jobs.start(folder, { args: ['--once', '--max-workers', '1'], fault });
  await until(() => runner.log.includes('slow: rename'));
  await rm(folder.path('pending', 'a.json'));
  await make(folder.path('pending', 'a.json'), secret);
  expect(await runner.exit()).toBe(1);
  expect(await folder.names('completed')).toEqual(['b.json', 'b.result.json']);
  expect(await folder.names('failed')).toEqual([]);
  expect(runner.log.split(`"a.json" stays in running/: ${reason}`)).toHaveLength(2);
  expect(runner.log).not.toContain('hunter2');
  expect(runner.log).not.toContain('No job is claimed');
  expect((await lstat(folder.path('running', 'a.json'))).isFile()).toBe(false);
});
