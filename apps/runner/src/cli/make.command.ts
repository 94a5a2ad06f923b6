import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import {
  attemptsOf,
  barLine,
  countOf,
  type EditorFlags,
  Examiner,
  type BarState,
  makePlan,
  knownJobs,
  outcomeLines,
  outcomeOf,
  OwnClips,
  OwnProxies,
  type Plan,
  planLines,
  problemLines,
  type PlanRequest,
  readRequestFor,
} from '@app/assistant';
import { printable, shellCommand } from '@app/jobspec';
import { FolderLock, FolderLockedError, identityOf, WatchFolder } from '@app/storage';
import { unknownVariableSentence } from '../config/read-settings.ts';
import type { Configuration } from '../config/settings.module.ts';
import { complain, printLines, printText, Progress } from '../logging/print.ts';
import { createLogger } from '../logging/runner-logger.ts';
import { WatchModule } from '../watch/watch.module.ts';
import { WatchService } from '../watch/watch.service.ts';
import { createApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { inspectionOf } from './handed-tools.ts';
import { refusedBy, stopOnSignal } from './watch.command.ts';

/** Flags of `make`: those of `plan` without its destinations, and the watch folder. */
export type MakeFlags = Omit<EditorFlags, 'write' | 'submit' | 'follow' | 'pollSeconds'> & {
  watch?: string;
};

/** Interval between two checks of the command's own clips, in milliseconds. */
const INTERVAL = 1000;

/** Makes proxies from media: plans, runs the jobs, lists what is missing. @returns the exit code. */
export async function make(
  media: readonly string[],
  flags: MakeFlags,
  configuration: Configuration,
): Promise<number> {
  const { settings } = configuration;
  const print = flags.json ? complain : (...lines: string[]) => printLines(lines);
  const request = await readRequestFor(media, { ...flags, submit: settings.folder });
  const folder = new WatchFolder(settings.folder);
  // Logs only errors, because the list at the end has the outcome of every job.
  const logger = createLogger({ logFormat: settings.logFormat, logLevel: 'error' }, 'stderr');
  const app = await createApplication(configuration, logger, [WatchModule]);
  complain(...configuration.unknown.map(unknownVariableSentence));
  let plan: Plan;
  const run = { isStopped: false };
  let isReplaced = false;
  try {
    plan = await planned(app, request, settings.settleSeconds);
    // Without the jobs, which the bar counts.
    print(...planLines(plan, request, false));
    complain(...problemLines(plan));
    await folder.prepare();
    const identity = await identityOf(folder.root);
    const own = await OwnClips.in(folder, new OwnProxies(plan, request));
    if (own.total > 0) {
      const end = showOwn(own, print);
      await runFolder(app, { own, folder, run, grace: settings.shutdownGraceSeconds });
      // Lets running jobs end within the grace period.
      await app.close();
      await end();
    }
    isReplaced = !run.isStopped && (await identityOf(folder.root)) !== identity;
  } catch (error) {
    return refusedBy(error);
  } finally {
    await app.close();
  }
  if (isReplaced) {
    complain(`${printable(folder.root)} is another folder than before: planning again.`);
    return make(media, flags, configuration);
  }
  const outcome = outcomeOf(attemptsOf(await knownJobs(folder)), plan, request);
  const isWhole = outcome.missing.length + plan.faults.length === 0;
  if (flags.json)
    printText(
      JSON.stringify({ watch_folder: folder.root, ...outcome, faults: plan.faults }, null, 2),
    );
  else printLines([...outcomeLines(outcome), onRecord(folder.root)]);
  return isWhole ? ExitCode.Success : ExitCode.JobFailed;
}

async function planned(
  app: INestApplicationContext,
  request: PlanRequest,
  settleSeconds: number,
): Promise<Plan> {
  const progress = new Progress();
  const examiner = new Examiner(inspectionOf(app), request);
  const planning = {
    examiner,
    settleSeconds,
    onProgress: (text: () => string) => progress.show(text),
  };
  return makePlan(request, planning).finally(() => progress.end());
}

interface Work {
  own: OwnClips;
  folder: WatchFolder;
  run: { isStopped: boolean };
  grace: number;
}

/** Runs the folder's jobs as `--once` does. If another runner holds the folder, waits for it, and takes over if it ends early. */
async function runFolder(app: INestApplicationContext, { own, folder, run, grace }: Work) {
  const service = app.get(WatchService);
  const stopped = stopOnSignal(service, grace).then(() => {
    complain(`Stopping: running jobs may end within ${grace} s. Stop again to end them now.`);
    run.isStopped = true;
  });
  let isReported = false;
  while (!run.isStopped && !(await hasEnded(own))) {
    try {
      await Promise.race([service.runOnce(), service.lost, service.givenUp]);
      return;
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw error;
      if (!isReported)
        complain(`Another runner is active on ${printable(folder.root)} and makes the proxies.`);
      isReported = true;
    }
    while (!run.isStopped && (await FolderLock.holder(folder)) !== null && !(await hasEnded(own)))
      await Promise.race([sleep(INTERVAL), stopped]);
  }
}

async function hasEnded(own: OwnClips): Promise<boolean> {
  const { ended, total } = await own.progress();
  return ended === total;
}

/** Shows a bar on a terminal; elsewhere prints a line whenever clips have ended. @returns a function that ends the display. */
function showOwn(own: OwnClips, print: (...lines: string[]) => void): () => Promise<void> {
  const progress = new Progress();
  let shown = '0';
  const update = (state: BarState) => {
    progress.show(() => barLine(state));
    const news = state.paused ?? String(state.ended);
    if (!process.stderr.isTTY && !Progress.isQuiet && news !== shown)
      print(state.paused ?? countOf(state));
    shown = news;
  };
  const look = () => own.progress().then(update, () => undefined);
  const timer = setInterval(() => void look(), INTERVAL).unref();
  return async () => {
    clearInterval(timer);
    await look();
    progress.end();
  };
}

/** Commands for what comes after the jobs of a watch folder. */
export function onRecord(root: string): string {
  const commands = ['handover', 'retry'].map((name) =>
    shellCommand(['watch-folder-runner', name, root]),
  );
  return `Its jobs are on record: ${commands.join(', or ')}`;
}
