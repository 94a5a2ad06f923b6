import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { expect, it, onTestFinished } from 'vitest';
import { WatchFolder } from '../../libs/storage/src/watch-folder/watch-folder.ts';
import { until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { cli } from '../support/cli.ts';
import { FolderLock, FolderLockedError } from '../../libs/storage/src/watch-folder/folder-lock.ts';

const folder = useWatchFolder();

/** A runner of another host, whose lock isn't seen here: what it has written, and goes on writing until it stops. */
const OTHER = 'host elsewhere, pid 7, started 2026-01-01T00:00:00.000Z';

async function otherAtWork(watch: WatchFolder): Promise<() => Promise<void>> {
  await watch.prepare();
  await writeFile(watch.holder, `${OTHER}\n`);
  let scans = 0;
  const say = async (stopped_at: string | null) => {
    const next = `${watch.status}.${++scans}`;
    await writeFile(next, JSON.stringify({ poll_seconds: 1, pending: scans, stopped_at }));
    await rename(next, watch.status);
  };
  await say(null);
  const scanning = setInterval(() => void say(null), 50);
  onTestFinished(() => clearInterval(scanning));
  return async () => {
    clearInterval(scanning);
    await say('2026-01-01T00:00:01.000Z');
  };
}

it('a runner that starts while somebody asks for the holder of its folder takes it all the same', async () => {
  const watch = new WatchFolder(folder().root);
  await watch.prepare();
  const asking = await open(watch.lock, 'a+');
  expect(tryLock(asking.fd)).toBe(true);
  const taken = FolderLock.acquire(watch);
  setTimeout(() => unlock(asking.fd), 50);
  await (await taken).release();
  await asking.close();
});

it('whoever asks for the holder keeps the lock no longer than the question', async () => {
  const watch = new WatchFolder(folder().root);
  await watch.prepare();
  await (await FolderLock.acquire(watch)).release();
  expect(await FolderLock.holder(watch)).toBeNull();
  const lock = await FolderLock.acquire(watch);
  expect(await FolderLock.holder(watch)).toContain(String(process.pid));
  await lock.release();
});

it('a stop ends the wait for a runner of another host, and leaves the folder to it', async () => {
  const watch = new WatchFolder(folder().root);
  await watch.prepare();
  await writeFile(watch.holder, `${OTHER}\n`);
  await writeFile(watch.status, JSON.stringify({ poll_seconds: 100, stopped_at: null }));
  const stopping = new AbortController();
  const taken = FolderLock.acquire(watch, stopping.signal);
  setTimeout(() => stopping.abort(), 200);
  await expect(taken).rejects.toMatchObject({ name: 'AbortError' });
  expect(await readFile(watch.holder, 'utf8')).toBe(`${OTHER}\n`);
});

it('a folder is refused on which a runner of another host works, though its lock is not seen', async () => {
  const watch = new WatchFolder(folder().root);
  const stop = await otherAtWork(watch);
  const refused = await FolderLock.acquire(watch).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FolderLockedError);
  expect(String(refused)).toContain(`${OTHER}. This host doesn't see its lock. Mount the folder`);
  const { stdout } = await cli(['doctor', watch.root]);
  expect(stdout).toContain(`a runner works on it whose lock this host doesn't see: ${OTHER}.`);
  await stop();
  await (await FolderLock.acquire(watch)).release();
});

it('a lock that another runner has taken since is not held, and its name is left to it', async () => {
  const watch = new WatchFolder(folder().root);
  await watch.prepare();
  const lock = await FolderLock.acquire(watch);
  expect(await lock.isHeld()).toBe(true);
  await writeFile(watch.holder, `${OTHER}\n`);
  await expect(lock.isHeld()).rejects.toThrow(`${OTHER}. This host doesn't see its lock.`);
  await lock.release();
  expect(await readFile(watch.holder, 'utf8')).toBe(`${OTHER}\n`);
});

it('of two runners that take a folder from a killed one, and see no lock of each other, the later one keeps it', async () => {
  const watch = new WatchFolder(folder().root);
  await watch.prepare();
  await writeFile(watch.holder, 'host elsewhere, pid 6, started 2025-01-01T00:00:00.000Z\n');
  const taken = FolderLock.acquire(watch);
  await until(async () => (await readFile(watch.holder, 'utf8')).includes(`pid ${process.pid}`));
  await rm(watch.holder);
  await writeFile(watch.holder, `${OTHER}\n`);
  await expect(taken).rejects.toThrow(`${OTHER}. This host doesn't see its lock.`);
  expect(await readFile(watch.holder, 'utf8')).toBe(`${OTHER}\n`);
});
