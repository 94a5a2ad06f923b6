import type { LoggerService } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { onTestFinished, vi } from 'vitest';
import { EVENTS } from '../../apps/runner/src/logging/events.ts';
import { configure } from '../../apps/runner/src/config/settings.module.ts';
import type { RunnerSettings } from '../../apps/runner/src/config/settings.ts';
import { PendingFolder } from '../../apps/runner/src/watch/pending-folder.ts';
import { JobCounts } from '../../apps/runner/src/watch/finisher.ts';
import { WatchModule } from '../../apps/runner/src/watch/watch.module.ts';
import { WatchService } from '../../apps/runner/src/watch/watch.service.ts';
import type { JobFolder } from './job-folder.ts';
import { RunnerModule } from '../../apps/runner/src/cli/application.ts';

/** Short times, so that tests wait for conditions and not for clocks. */
const QUICK: Partial<RunnerSettings> = {
  pollSeconds: 0.05,
  settleSeconds: 0.2,
  stallTimeoutSeconds: 600,
};

export interface Runner {
  service: WatchService;
  jobCounts: JobCounts;
  /** Every log line so far. */
  log: readonly string[];
  /** Resolves once that many more scans have begun and ended. */
  scanned: (times: number) => Promise<void>;
  stop: () => Promise<void>;
}

/** Works a watch folder off once, in this process. @returns the log and how many jobs ended how. */
export async function runOnce(
  folder: JobFolder,
  settings: Partial<RunnerSettings> = {},
): Promise<{ log: readonly string[]; summary: string; isClean: boolean }> {
  const { service, jobCounts, log, stop } = await createRunner(folder, { ...settings, once: true });
  try {
    await service.runOnce();
  } finally {
    await stop();
  }
  return { log, summary: summaryOf(jobCounts), isClean: jobCounts.isClean };
}

/** Starts a runner in this process; it is stopped when the test ends, if not before. */
export async function startRunner(
  folder: JobFolder,
  settings: Partial<RunnerSettings> = {},
): Promise<Runner> {
  const runner = await createRunner(folder, settings);
  onTestFinished(runner.stop);
  await runner.service.start();
  return runner;
}

async function createRunner(folder: JobFolder, given: Partial<RunnerSettings>) {
  const logger = new LogRecorder();
  const { settings } = configure({ ...QUICK, ...given, folder: folder.root });
  const app = await Test.createTestingModule({
    imports: [RunnerModule.forRoot(settings, [WatchModule])],
  })
    .setLogger(logger)
    .compile();
  await app.init();
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= app.close());
  const scanned = countScans(app.get(PendingFolder, { strict: false }));
  return {
    service: app.get(WatchService),
    jobCounts: app.get(JobCounts),
    log: logger.lines,
    scanned,
    stop,
  };
}

/** A scan begins with a listing; when the next one begins, it has ended. */
function countScans(pending: PendingFolder) {
  const list = vi.spyOn(pending, 'list');
  return async (times: number) => {
    const target = list.mock.calls.length + times + 1;
    await vi.waitUntil(() => list.mock.calls.length >= target, { timeout: 120_000 });
  };
}

class LogRecorder implements LoggerService {
  readonly lines: string[] = [];
  log = (message: unknown) => void this.lines.push(String(message));
  warn = this.log;
  error = this.log;
}

/** Numbers of finished jobs by outcome, as `--once` prints them at its end. */
export function summaryOf(jobCounts: JobCounts): string {
  return EVENTS.once_ended.text({ ...jobCounts.counts, left: 0 });
}
