import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StallWatchdog } from './stall-watchdog.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] }),
);
afterEach(() => void vi.useRealTimers());

it('fires once after a time without a reset', () => {
  const stalled = vi.fn<() => void>();
  const watchdog = new StallWatchdog(10, stalled);
  vi.advanceTimersByTime(9000);
  watchdog.reset();
  vi.advanceTimersByTime(9000);
  expect(stalled).not.toHaveBeenCalled();
  vi.advanceTimersByTime(30_000);
  expect(stalled).toHaveBeenCalledTimes(1);
  expect(watchdog.fired).toBe(true);
});

it('does not fire where output comes with the last tick', () => {
  const stalled = vi.fn<() => void>();
  const watchdog = new StallWatchdog(1, stalled);
  vi.advanceTimersByTime(940);
  setInterval(() => setImmediate(() => watchdog.reset()), 10);
  vi.advanceTimersByTime(5000);
  expect(stalled).not.toHaveBeenCalled();
});

it('never fires once it is cleared, or without a time', () => {
  const stalled = vi.fn<() => void>();
  const watchdog = new StallWatchdog(1, stalled);
  watchdog.clear();
  new StallWatchdog(0, stalled).reset();
  vi.advanceTimersByTime(1e9);
  expect(stalled).not.toHaveBeenCalled();
});
