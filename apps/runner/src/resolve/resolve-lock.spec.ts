import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { refuseOpened } from '../../../../test/support/refusals.ts';
import { lockPath, ResolveLock } from './resolve-lock.ts';

it('a lock file that can’t be shared with other users is not left open', async () => {
  const scriptApi = await mkdtemp(join(tmpdir(), 'wfr-'));
  onTestFinished(async () => {
    for (const path of [scriptApi, lockPath(scriptApi)]) await rm(path, { recursive: true });
  });
  const opened = refuseOpened('chmod');
  await expect(ResolveLock.tryAcquire(scriptApi)).rejects.toMatchObject({ code: 'EIO' });
  expect(opened.map(({ fd }) => fd)).toEqual([-1]);
});
