import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Progress, StallWatchdog } from './program-end.ts';

afterEach(() => void vi.useRealTimers());

describe('by its clock', () => {
  const fakeTimers = () =>
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] });

  it('fires once after a time without progress', () => {
    fakeTimers();
    const stalled = vi.fn<() => void>();
    const progress = new Progress();
    const watchdog = new StallWatchdog(10, progress, stalled);
    vi.advanceTimersByTime(9000);
    progress.moved();
    vi.advanceTimersByTime(9000);
    expect(stalled).not.toHaveBeenCalled();
    vi.advanceTimersByTime(30_000);
    expect(stalled).toHaveBeenCalledTimes(1);
    expect(watchdog.fired).toBe(true);
  });

  it('does not fire where output comes with the last tick', () => {
    fakeTimers();
    const stalled = vi.fn<() => void>();
    const progress = new Progress();
    const watchdog = new StallWatchdog(1, progress, stalled);
    vi.advanceTimersByTime(940);
    setInterval(() => setImmediate(() => progress.moved()), 10);
    vi.advanceTimersByTime(5000);
    watchdog.clear();
    expect(stalled).not.toHaveBeenCalled();
  });

  it('never fires once it is cleared, or without a time', () => {
    fakeTimers();
    const stalled = vi.fn<() => void>();
    new StallWatchdog(1, new Progress(), stalled).clear();
    const endless = new StallWatchdog(0, new Progress(), stalled);
    vi.advanceTimersByTime(1e9);
    expect(endless.fired).toBe(false);
    expect(stalled).not.toHaveBeenCalled();
  });
});

describe('by a file that is written', () => {
  it('counts its changes as progress, and fires when they end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watchdog-'));
    const path = join(folder, 'clip.mp4');
    await writeFile(path, '');
    const watchdog = new StallWatchdog(2, new Progress(), vi.fn<() => void>(), path);
    const end = Date.now() + 5000;
    while (Date.now() < end) {
      await appendFile(path, 'x');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(watchdog.fired).toBe(false);
    await vi.waitFor(() => expect(watchdog.fired).toBe(true), 30_000);
    await rm(folder, { recursive: true });
  });
});

it('counts a tick at most while this process is suspended', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate', 'Date'] });
  const stalled = vi.fn<() => void>();
  const watchdog = new StallWatchdog(10, new Progress(), stalled);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(9000);
  watchdog.clear();
  expect(stalled).not.toHaveBeenCalled();
});
