import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../settings/settings.ts';
import { IndexerProcess } from './indexer-process.ts';

const child = Object.assign(new EventEmitter(), { send: () => true, kill: () => true });
Object.assign(globalThis, { [Symbol.for('watch-folder-runner.start-indexer')]: () => child });
afterEach(() => child.removeAllListeners());

function started() {
  const settings = { folders: [], dataDirectory: '/index' } as unknown as Settings;
  return new IndexerProcess(settings, {
    opened: () => {},
    news: () => {},
    failed: () => {},
  }).start();
}

describe('an index that fails', () => {
  it('says where it can’t be kept, and what to do', async () => {
    const start = started();
    child.emit('message', { kind: 'failed', isDamaged: false, message: 'read-only file system' });
    await expect(start).rejects.toThrow(
      "The index can't be kept in /index (read-only file system). Name a directory on a local disk with --data-dir PATH.",
    );
  });

  it('says it in words where SQLite says it in its own', async () => {
    const start = started();
    const message = 'ConnectionFailed("Unable to open connection to local database /index/a: 14")';
    child.emit('message', { kind: 'failed', isDamaged: false, message });
    await expect(start).rejects.toThrow("can't be kept in /index (no file can be opened there).");
  });

  it('says that it is made anew, once it was open', () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    void started();
    child.emit('message', { kind: 'opened', path: '/index/a.sqlite' });
    child.emit('message', { kind: 'failed', isDamaged: true, message: 'it is malformed' });
    expect(told).toHaveBeenCalledWith('The index is made anew: it is malformed');
    told.mockRestore();
  });
});

describe('a process that ends', () => {
  it('is followed by another, however young it was', async () => {
    vi.useFakeTimers();
    const sent = vi.spyOn(child, 'send');
    void started();
    child.emit('message', { kind: 'opened', path: '/index/a.sqlite' });
    for (const times of [2, 3, 4]) {
      child.emit('exit', null, 'SIGKILL');
      await vi.advanceTimersByTimeAsync(1000);
      expect(sent).toHaveBeenCalledTimes(times);
    }
    vi.useRealTimers();
  });

  it('is followed by another whose trouble is told of until there is an index again', () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const settings = { folders: [], dataDirectory: '/index' } as unknown as Settings;
    const indexer = new IndexerProcess(settings, {
      opened: () => {},
      news: () => {},
      failed: () => {},
    });
    void indexer.start();
    child.emit('message', { kind: 'opened', path: '/index/a.sqlite' });
    expect(indexer.problem).toBeNull();
    for (let time = 0; time < 3; time += 1)
      child.emit('message', { kind: 'failed', isDamaged: false, message: 'disk full' });
    expect(indexer.problem).toBe(
      "The index can't be kept in /index (disk full). Name a directory on a local disk with --data-dir PATH.",
    );
    expect(told).toHaveBeenCalledOnce();
    child.emit('message', { kind: 'opened', path: '/index/a.sqlite' });
    expect(indexer.problem).toBeNull();
    told.mockRestore();
  });

  it('is told of when there never was an index', async () => {
    const start = started();
    child.emit('exit', 127, null);
    await expect(start).rejects.toThrow(
      'The process that reads the watch folders ended at once (127).',
    );
  });
});
