import type { Configuration } from '../config/settings.module.ts';
import {
  type EditorFlags,
  Examiner,
  follow,
  makePlan,
  problemLines,
  planJson,
  planLines,
  type PlanRequest,
  readRequestFor,
} from '@app/assistant';
import { complain, printLines, printText, Progress } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';
import { inspectionOf } from './handed-tools.ts';
import { STOP_SIGNALS } from './stop-signals.ts';
import { createQuietApplication } from './application.ts';
import { closing } from '@app/storage';

/** Plans the proxies of media and prints the findings. @returns the exit code. */
export async function plan(
  media: readonly string[],
  flags: EditorFlags,
  configuration: Configuration,
): Promise<number> {
  const request = await readRequestFor(media, flags);
  if (flags.follow) {
    await followed(request, flags, configuration);
    return ExitCode.Success;
  }
  const progress = new Progress();
  const made = await withExaminer(request, configuration, (examiner) =>
    makePlan(request, {
      examiner,
      settleSeconds: configuration.settings.settleSeconds,
      onProgress: (text) => progress.show(text),
    }),
  ).finally(() => progress.end());
  if (flags.json) printText(planJson(made));
  else printLines(planLines(made, request));
  complain(...problemLines(made));
  return made.problems.length + made.faults.length === 0 ? ExitCode.Success : ExitCode.JobFailed;
}

/** Default interval between two polls of followed media, in seconds. */
const POLL_SECONDS = 30;

/** Plans new clips until a stop signal. */
async function followed(request: PlanRequest, flags: EditorFlags, configuration: Configuration) {
  const stop = new AbortController();
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort());
  await withExaminer(request, configuration, (examiner) =>
    follow(request, {
      examiner,
      settleSeconds: configuration.settings.settleSeconds,
      pollSeconds: flags.pollSeconds ?? POLL_SECONDS,
      signal: stop.signal,
      onProgress: () => undefined,
      log: (sentence) => printLines([sentence]),
    }),
  );
}

async function withExaminer<Value>(
  request: PlanRequest,
  configuration: Configuration,
  work: (examiner: Examiner) => Promise<Value>,
): Promise<Value> {
  const app = await createQuietApplication(configuration);
  return closing(app, () => work(new Examiner(inspectionOf(app), request)));
}
