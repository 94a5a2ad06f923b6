import { JobFailure } from '@app/jobspec';
import type { Configuration } from '../config/settings.module.ts';
import {
  Examiner,
  makePlan,
  type Plan,
  type PlanFlags,
  planJson,
  planLines,
  PlanRefusal,
  type PlanRequest,
  readPlanRequest,
} from '../plan/index.ts';
import { EngineRegistry, RoutingService } from '../routing/index.ts';
import { complain, printLines, printAnswer, Progress, refuse } from '../text/index.ts';
import { ExitCode } from './exit-code.ts';
import { createQuietApplication } from './application.ts';

const EXIT_CODES: Readonly<Record<PlanRefusal['kind'], number>> = {
  usage: ExitCode.Usage,
  media: ExitCode.JobFailed,
  folder: ExitCode.FolderUnusable,
};

/** Plans the proxies of media, and says what it found. @returns the exit code. */
export async function plan(
  media: readonly string[],
  flags: PlanFlags,
  configuration: Configuration,
): Promise<number> {
  const progress = new Progress();
  const asJson = flags.json ?? false;
  try {
    const request = readPlanRequest(media, flags);
    const made = await planned(request, configuration, progress);
    progress.end();
    if (asJson) await printAnswer(planJson(made));
    else printLines(planLines(made, request));
    complain(...made.problems.map(sentenceOf));
    return made.problems.length === 0 ? ExitCode.Success : ExitCode.JobFailed;
  } catch (error) {
    progress.end();
    if (error instanceof PlanRefusal) {
      refuse(error.lines, asJson);
      return EXIT_CODES[error.kind];
    }
    if (!(error instanceof JobFailure)) throw error;
    refuse([error.message], asJson);
    return ExitCode.JobFailed;
  }
}

/** What has a job all the same is told by the runner, too. */
function sentenceOf({ reason, isPlanned }: Plan['problems'][number]): string {
  return `${isPlanned ? 'Planned, and will be refused' : 'Not planned'}: ${reason}`;
}

async function planned(
  request: PlanRequest,
  configuration: Configuration,
  progress: Progress,
): Promise<Plan> {
  const { settleSeconds } = configuration.settings;
  const app = await createQuietApplication(configuration);
  const routing = app.get(RoutingService, { strict: false });
  const engines = app.get(EngineRegistry, { strict: false });
  try {
    const examiner = new Examiner(routing, engines, request);
    return await makePlan(request, {
      examiner,
      settleSeconds,
      show: (text) => progress.show(text),
    });
  } finally {
    await app.close();
  }
}
