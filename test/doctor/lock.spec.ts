import { open } from 'node:fs/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { expect, it } from 'vitest';
import { WatchFolder } from '../../libs/storage/src/watch-folder/watch-folder.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { FolderLock } from '../../libs/storage/src/watch-folder/folder-lock.ts';

const folder = useWatchFolder();

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
