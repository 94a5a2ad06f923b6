import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';

const jobs = useStandInJobs();

test('while a required path is missing jobs stay in pending/, the reason is told, and they go on by themselves', async () => {
  const folder = await jobs.folder();
  const share = join(folder.root, 'share');
  await folder.submit('a.json', [jobs.media.source]);
  const once = jobs.start(folder, { args: ['--once', '--require-path', share] });
  expect(await once.exit()).toBe(0);
  expect(once.log).toContain('"a.json" is left in pending/');
  const reason = `required path is missing: ${share}`;
  expect((await folder.status()).paused).toBe(reason);
  expect(once.log).toContain(`No job is claimed: ${reason}`);
  await mkdir(share);
  await writeFile(join(share, 'clip.mov'), '');
  const back = jobs.start(folder, { args: ['--require-path', share] });
  await until(async () => (await folder.names('completed')).length === 2);
  await rename(share, `${share}-lost`);
  await back.logged(`No job is claimed: ${reason}`);
  await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
  await until(
    async () => (await folder.status()).paused === reason && (await folder.status()).pending === 1,
  );
  await rename(`${share}-lost`, share);
  await until(async () => (await folder.names('completed')).length === 4);
});

test('a mount point without its volume is as good as missing', async () => {
  const folder = await jobs.folder();
  const share = join(folder.root, 'share');
  await mkdir(share);
  await folder.submit('a.json', [jobs.media.source]);
  const once = jobs.start(folder, { args: ['--once', '--require-path', share] });
  await once.exit();
  expect(once.log).toContain(`required path is empty and no volume is mounted on it: ${share}`);
  expect(await folder.names('pending')).toEqual(['a.json']);
});

test('a required path that does not answer pauses claims, and the runner still stops when told to', async () => {
  const folder = await jobs.folder();
  await folder.submit('a.json', [jobs.media.source]);
  const fault = { calls: ['stat'], path: '/lost-share$', act: 'hang' };
  const runner = jobs.start(folder, { args: ['--require-path', '/lost-share'], fault });
  await runner.logged('No job is claimed: required path does not answer: /lost-share');
  await until(async () => (await folder.status()).paused?.includes('/lost-share') ?? false);
  runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(0);
  expect(await folder.names('pending')).toEqual(['a.json']);
});
