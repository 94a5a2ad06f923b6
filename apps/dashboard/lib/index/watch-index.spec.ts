import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FolderView, NO_INVENTORY, NO_RUNNER, type ToIndexer } from './folder-view.ts';
import type { Settings } from './settings.ts';
import { WatchIndex } from './watch-index.ts';

class Indexer extends EventEmitter {
  terminate = vi.fn<() => Promise<void>>();
}

const started: Indexer[] = [];
let path = '';
Object.assign(globalThis, {
  [Symbol.for('watch-folder-runner.start-indexer')]: (data: ToIndexer) => {
    ({ path } = data);
    const indexer = new Indexer();
    started.push(indexer);
    return indexer;
  },
});

let dataDirectory = '';
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'watch-index-'));
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(dataDirectory, { recursive: true });
});

const folders = ['day', 'night'].map((name) => ({ name, path: `/${name}` }));
const settings = () => ({ folders, dataDirectory }) as unknown as Settings;
const viewOf = (name: string): FolderView => ({
  name,
  path: `/${name}`,
  runner: NO_RUNNER,
  followers: [],
  inventory: NO_INVENTORY,
  problem: null,
  counts: { pending: 0, running: 0, completed: 1, failed: 0 },
  ignored: [],
  space: null,
  indexing: null,
});

async function start(): Promise<{ index: WatchIndex; indexer: () => Indexer }> {
  const index = new WatchIndex(settings());
  const starting = index.start();
  const indexer = () => started.at(-1) as Indexer;
  for (const { name } of folders) indexer().emit('message', { view: viewOf(name), revision: 1 });
  await vi.advanceTimersByTimeAsync(20);
  await starting;
  return { index, indexer };
}

const counted = (index: WatchIndex) => index.ask(sql`SELECT count(*) AS n FROM job`);
const sentences = (index: WatchIndex) =>
  index.folders.map(({ problem }) => problem?.sentence ?? null);

describe('an index that can’t be kept', () => {
  it('is said in a sentence that tells what to do', async () => {
    dataDirectory = join(dataDirectory, 'file');
    writeFileSync(dataDirectory, '');
    await expect(new WatchIndex(settings()).start()).rejects.toThrow(
      /^The index can't be kept in \S+ \(EEXIST.*\)\. Name a directory on a local disk with --data-dir PATH\.$/u,
    );
    rmSync(dataDirectory);
    dataDirectory = join(dataDirectory, '..');
  });

  it('is said for as long as it lasts, and once in the log; what was known is shown', async () => {
    const { index, indexer } = await start();
    for (const times of [1, 2]) {
      indexer().emit('error', new Error('disk full'));
      expect(index.problem).toContain('(disk full). Name a directory');
      expect(counted(index)).toEqual([{ n: 0 }]);
      expect(started.at(-1)?.terminate).toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1000);
      expect(console.error).toHaveBeenCalledTimes(1);
      expect(times).toBeLessThan(3);
    }
    indexer().emit('message', { view: viewOf('day'), revision: 2 });
    expect(index.problem).toBeNull();
  });

  it('is made anew when it is damaged', async () => {
    const { index, indexer } = await start();
    const damage = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
    writeFileSync(path, 'x'.repeat(10_000));
    indexer().emit('error', damage);
    expect(counted(index)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(counted(index)).toEqual([{ n: 0 }]);
    expect(console.error).toHaveBeenCalledWith('The index is made anew: malformed');
  });
});

describe('storage that does not answer', () => {
  it('is told of, and that nobody looks at the other folders', async () => {
    const { index, indexer } = await start();
    indexer().emit('message', { reading: 'day' });
    const { version } = index;
    expect(sentences(index)).toEqual([null, null]);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(sentences(index)).toEqual([
      'Storage isn’t responding.',
      'Not checked while the storage of day isn’t responding.',
    ]);
    expect(index.version).not.toBe(version);
    indexer().emit('message', { reading: null });
    expect(sentences(index)).toEqual([null, null]);
  });
});

it('who listens hears of what pages show, and not of looks that saw nothing new', async () => {
  const { index, indexer } = await start();
  const heard = vi.fn<() => void>();
  const stop = index.onChange(heard);
  const scanned = { ...NO_RUNNER, last_scan_at: 'now' };
  indexer().emit('message', { view: { ...viewOf('day'), runner: scanned }, revision: 1 });
  expect(heard).not.toHaveBeenCalled();
  indexer().emit('message', { view: viewOf('day'), revision: 2 });
  expect(heard).toHaveBeenCalledOnce();
  stop();
  expect(index.listeners).toBe(0);
});

it('is one in a process, however often its module is loaded', async () => {
  vi.stubEnv('WFR_DASHBOARD_FOLDERS', '/nowhere/watch');
  vi.stubEnv('WFR_DASHBOARD_DATA_DIR', dataDirectory);
  const first = await import('./watch-index.ts');
  vi.resetModules();
  const second = await import('./watch-index.ts');
  expect(second.watchIndex).not.toBe(first.watchIndex);
  expect(second.watchIndex()).toBe(first.watchIndex());
  vi.unstubAllEnvs();
});
