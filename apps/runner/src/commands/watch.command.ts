import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { LogSettings } from '../config/options.ts';
import type { RunnerSettings } from '../config/settings.ts';
import { ExitCode } from '../exit-code.ts';
import { createLogger } from '../logging.ts';
import { RunnerModule } from '../runner.module.ts';
import { FolderLockedError } from '../watch/folder-lock.ts';
import { Tally } from '../watch/tally.ts';
import { FolderUnusableError } from '../watch/watch-folder.ts';
import { WatchService } from '../watch/watch.service.ts';

/** A terminal that closes hangs up. */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Runs the service, or one pass with `--once`. @returns the exit code. */
export async function watch(settings: RunnerSettings & LogSettings): Promise<number> {
  const app = await NestFactory.createApplicationContext(RunnerModule.forRoot(settings), {
    logger: createLogger(settings),
    abortOnError: false,
  });
  const service = app.get(WatchService);
  const stopped = stopOnSignal(service);
  let left = 0;
  try {
    const work = settings.once ? service.runOnce() : service.start().then(() => stopped);
    left = (await Promise.race([work, service.lost])) ?? 0;
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (exitCode === null) throw error;
    new Logger('Watch').error((error as Error).message);
    return exitCode;
  } finally {
    await app.close();
  }
  if (!settings.once) return ExitCode.Success;
  const tally = app.get(Tally);
  new Logger('Watch').log(String(tally) + (left === 0 ? '' : `, ${left} left in pending/`));
  return tally.isClean ? ExitCode.Success : ExitCode.JobFailed;
}

/** Resolves at the first stop signal; the second one ends running jobs at once. */
function stopOnSignal(service: WatchService): Promise<void> {
  const logger = new Logger('Watch');
  let signals = 0;
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      signals++;
      if (signals === 1) logger.log(`${signal}: no more jobs are claimed, running jobs may end`);
      if (signals === 2) logger.warn(`${signal} again: running jobs are stopped`);
      service.stop();
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  });
}

function exitCodeOf(error: unknown): number | null {
  if (error instanceof FolderLockedError) return ExitCode.FolderLocked;
  if (error instanceof FolderUnusableError) return ExitCode.FolderUnusable;
  return null;
}
