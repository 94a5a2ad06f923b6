import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import {
  attemptsOf,
  barLine,
  countOf,
  type EditorFlags,
  Examiner,
  type HowFar,
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
import { printable } from '@app/jobspec';
import { FolderLock, FolderLockedError, WatchFolder } from '@app/storage';
import { unknownVariableSentence } from '../config/read-settings.ts';
import type { Configuration } from '../config/settings.module.ts';
import { complain, printLines, printText, Progress } from '../logging/print.ts';
import { createLogger } from '../logging/runner-logger.ts';
import { WatchService } from '../watch/watch.service.ts';
import { createApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';
import { inspectionOf } from './handed-tools.ts';
import { refusedBy, stopOnSignal } from './watch.command.ts';

/** The flags of `make`: those of `plan` but for where JobSpecs go, and its watch folder. */
export type MakeFlags = Omit<EditorFlags, 'write' | 'submit' | 'follow' | 'pollSeconds'> & {
  watch?: string;
};

/** Between two looks at the own clips, in milliseconds. */
const LOOK = 1000;

/** From media to proxies: plans, works it off, and says what is missing. @returns the exit code. */
export async function make(
  media: readonly string[],
  flags: MakeFlags,
  configuration: Configuration,
): Promise<number> {
  const { settings } = configuration;
  const say = flags.json ? complain : (...lines: string[]) => printLines(lines);
  const request = await readRequestFor(media, { ...flags, submit: settings.folder });
  const folder = new WatchFolder(settings.folder);
  // What a job comes to stands in the list at the end.
  const logger = createLogger({ logFormat: settings.logFormat, logLevel: 'error' }, 'stderr');
  const app = await createApplication(configuration, logger);
  complain(...configuration.unknown.map(unknownVariableSentence));
  let plan: Plan;
  const run = { isStopped: false };
  try {
    plan = await planned(app, request, settings.settleSeconds);
    // The bar tells of its jobs.
    say(...planLines(plan, request, false));
    complain(...problemLines(plan));
    await folder.prepare();
    const own = await OwnClips.in(folder, new OwnProxies(plan, request));
    if (own.total > 0) {
      const end = showOwn(own, say);
      await workOff(app, { own, folder, run, grace: settings.shutdownGraceSeconds });
      // Running jobs may end within the grace time.
      await app.close();
      await end();
    }
  } catch (error) {
    return refusedBy(error);
  } finally {
    await app.close();
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

/** As `--once` does; where another runner holds the folder, that one does it. Should that end before, this one takes over. */
async function workOff(app: INestApplicationContext, { own, folder, run, grace }: Work) {
  const service = app.get(WatchService);
  const stopped = stopOnSignal(service, grace).then(() => {
    complain(`Stopping: what runs may end within ${grace} s. Stop again to end it now.`);
    run.isStopped = true;
  });
  let isTold = false;
  while (!run.isStopped && !(await hasEnded(own))) {
    try {
      await Promise.race([service.runOnce(), service.lost, service.givenUp]);
      return;
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw error;
      if (!isTold) complain(`Another runner works on ${printable(folder.root)}: it makes them.`);
      isTold = true;
    }
    while (!run.isStopped && (await FolderLock.holder(folder)) !== null && !(await hasEnded(own)))
      await Promise.race([sleep(LOOK), stopped]);
  }
}

async function hasEnded(own: OwnClips): Promise<boolean> {
  const { ended, total } = await own.look();
  return ended === total;
}

/** Shows a bar on a terminal, else a line whenever a clip has ended. @returns ends it. */
function showOwn(own: OwnClips, say: (...lines: string[]) => void): () => Promise<void> {
  const progress = new Progress();
  let told = '0';
  const tell = (far: HowFar) => {
    progress.show(() => barLine(far));
    const news = far.paused ?? String(far.ended);
    if (!process.stderr.isTTY && !Progress.isQuiet && news !== told)
      say(far.paused ?? countOf(far));
    told = news;
  };
  const look = () => own.look().then(tell, () => undefined);
  const timer = setInterval(() => void look(), LOOK).unref();
  return async () => {
    clearInterval(timer);
    await look();
    progress.end();
  };
}

function onRecord(root: string): string {
  const folder = /^[\w/.-]+$/.test(root) ? root : `'${root.replaceAll("'", String.raw`'\''`)}'`;
  const commands = ['handover', 'retry'].map((name) => `watch-folder-runner ${name} ${folder}`);
  return `Its jobs are on record: ${commands.join(', or ')}`;
}
