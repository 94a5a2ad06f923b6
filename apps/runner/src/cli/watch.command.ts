import type { Configuration } from '../config/settings.module.ts';
import { ExitCode } from './exit-code.ts';
import { createLogger, report } from '../logging/runner-logger.ts';
import type { BarState } from '@app/assistant';
import { jobProgress } from '@app/jobspec/folder';
import type { INestApplicationContext } from '@nestjs/common';
import { createApplication, reportUnknown } from './application.ts';
import { PortUnavailableError } from '../health/port-unavailable.ts';
import { FolderLockedError, FolderUnusableError } from '@app/storage';
import { afterJobFault } from '../watch/after-jobs.ts';
import { ClaimGate } from '../watch/claim-gate.ts';
import { JobCounts } from '../watch/finisher.ts';
import { JobQueue } from '../watch/job-queue.ts';
import { WatchService } from '../watch/watch.service.ts';
import { WorkerSlots } from '../watch/worker-slots.ts';
import { BusyPeriod } from '../watch/busy-period.ts';
import { WatchModule } from '../watch/watch.module.ts';
import { showBar } from './active-line.ts';
import { notifySystemd } from './service-manager.ts';
import { isAttended, STOP_SIGNALS } from './stop-signals.ts';

/** Runs the service, or one pass with `--once`. @returns the exit code. */
export async function watch(configuration: Configuration): Promise<number> {
  const { settings } = configuration;
  const health = settings.httpPort === null ? null : await import('../health/loaded-with-port.ts');
  const modules = health === null ? [WatchModule] : [health.HealthModule];
  const app = await createApplication(configuration, createLogger(settings), modules);
  reportUnknown(configuration);
  const fault = await afterJobFault(settings.afterJob);
  if (fault !== null) {
    report('runner_refused', { reason: fault, exit_code: ExitCode.Usage });
    await app.close();
    return ExitCode.Usage;
  }
  const service = app.get(WatchService);
  const stopped = stopOnSignal(service, settings.shutdownGraceSeconds);
  const endLine = settings.logFormat === 'text' ? showBar(() => progressOf(app)) : () => undefined;
  let left = 0;
  try {
    if (health !== null) await app.get(health.HealthServer, { strict: false }).listen();
    const serve = async () => {
      await service.start();
      void notifySystemd(() => progressOf(app), stopped);
      await stopped;
    };
    const work = settings.once ? service.runOnce() : serve();
    left = (await Promise.race([work, service.lost, service.givenUp])) ?? 0;
  } catch (error) {
    return refusedBy(error);
  } finally {
    await app.close();
    endLine();
  }
  if (!settings.once) return ExitCode.Success;
  const jobCounts = app.get(JobCounts);
  report('once_ended', { ...jobCounts.counts, left });
  return jobCounts.isClean ? ExitCode.Success : ExitCode.JobFailed;
}

/** Progress of the work since the runner was last idle; `null` while idle. */
function progressOf(app: INestApplicationContext): BarState | null {
  const active = app.get(WorkerSlots, { strict: false }).list();
  const waiting = app.get(JobQueue, { strict: false }).unclaimed.length;
  const { busy_since: since, ended } = app.get(BusyPeriod, { strict: false }).read(waiting);
  if (since === null) return null;
  const total = ended + active.length + waiting;
  const seconds = (Date.now() - Date.parse(since)) / 1000;
  const { paused } = app.get(ClaimGate, { strict: false });
  const begun = active.reduce((sum, job) => sum + jobProgress(job), 0);
  return { word: 'job', ended, total, seconds, active, begun, paused };
}

/**
 * Resolves at the first stop signal; a second one ends running jobs at once. SIGHUP (terminal closed) stops a runner started from a
 * terminal; a service ignores it, as it has nothing to reload.
 */
export function stopOnSignal(service: WatchService, grace_seconds: number): Promise<void> {
  let signals = 0;
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      signals++;
      if (signals === 1) report('runner_stopping', { signal, grace_seconds });
      if (signals === 2) report('jobs_stopping', { signal });
      service.stop();
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
    process.on('SIGHUP', isAttended() ? onSignal : () => report('hangup_ignored', {}));
  });
}

/** Logs why a runner can't work. @returns its exit code. @throws defects unchanged. */
export function refusedBy(error: unknown): number {
  const exitCode = exitCodeOf(error);
  if (exitCode === null) throw error;
  report('runner_refused', { reason: (error as Error).message, exit_code: exitCode });
  return exitCode;
}

function exitCodeOf(error: unknown): number | null {
  if (error instanceof FolderLockedError) return ExitCode.FolderLocked;
  if (error instanceof PortUnavailableError) return ExitCode.Usage;
  if (error instanceof FolderUnusableError) return ExitCode.FolderUnusable;
  return null;
}
