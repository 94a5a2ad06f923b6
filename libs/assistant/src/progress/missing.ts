import { counted } from '@app/jobspec';
import { byProxy, standingOf, type AttemptState } from '@app/jobspec/ledger';
import type { WatchFolder } from '@app/storage';
import type { PlanRequest } from '../plan/plan-request.ts';
import type { Plan } from '../plan/report.ts';
import { knownJobs, type KnownJobs } from '../retry/known-jobs.ts';
import { askedBy, type IsAsked } from './own-clips.ts';

/** A proxy that was asked for and isn't there. */
export interface MissingProxy {
  source: string;
  why: keyof typeof WHY;
  /** A sentence. */
  reason: string;
}

/** What came of a plan. */
export interface Outcome {
  made: number;
  missing: MissingProxy[];
}

const WHY = {
  failed: 'Failed',
  never_begun: 'Never begun',
  not_planned: 'Not planned',
  waiting: 'Waiting',
} as const;

const WHY_OF: Readonly<Record<Exclude<AttemptState, 'made'>, MissingProxy['why']>> = {
  failed: 'failed',
  refused: 'failed',
  unknown: 'failed',
  not_begun: 'never_begun',
  running: 'waiting',
  waiting: 'waiting',
};

/** Reads from a watch folder what came of a plan. @throws Refusal when that can't be read. */
export async function outcomeIn(
  folder: WatchFolder,
  plan: Plan,
  request: PlanRequest,
): Promise<Outcome> {
  return outcomeOf(await knownJobs(folder), plan, askedBy(plan, request));
}

/** The same of what is known. What the ledger says of a clip counts; what it doesn't know wasn't planned. */
export function outcomeOf(
  { attempts, failed }: Pick<KnownJobs, 'attempts' | 'failed'>,
  { clips, problems }: Pick<Plan, 'clips' | 'problems'>,
  isAsked: IsAsked,
): Outcome {
  const reasons = new Map(failed.map(({ name, reason }) => [name, reason]));
  const outcome: Outcome = { made: 0, missing: [] };
  const known = new Set<string>();
  for (const tries of byProxy(attempts.filter(isAsked)).values()) {
    const { missing } = standingOf(tries);
    for (const { source } of tries) known.add(source);
    if (missing === null || missing.state === 'made') outcome.made += 1;
    else {
      const why = WHY_OF[missing.state];
      const reason = reasons.get(missing.job) ?? `its job is ${missing.job}`;
      outcome.missing.push({ source: missing.source, why, reason });
    }
  }
  const unplanned = problems.filter(({ isPlanned }) => isPlanned !== true);
  for (const { path, reason } of unplanned) {
    known.add(path);
    outcome.missing.push({ source: path, why: 'not_planned', reason });
  }
  for (const { path } of clips)
    if (!known.has(path))
      outcome.missing.push({ source: path, why: 'not_planned', reason: 'no job of it is known' });
  return outcome;
}

/** What is missing and why, a line for each; what only waits is counted. */
export function outcomeLines({ made, missing }: Outcome): string[] {
  const waiting = missing.filter(({ why }) => why === 'waiting').length;
  const told = missing.filter(({ why }) => why !== 'waiting');
  const all = counted(made + missing.length, 'proxy');
  return [
    missing.length === 0
      ? `All there: ${counted(made, 'proxy')}.`
      : `${made} of ${all} there; what is missing:`,
    ...told.map(({ source, why, reason }) =>
      reason.startsWith(source)
        ? `  ${WHY[why]}: ${reason}`
        : `  ${WHY[why]}: ${source}: ${reason}`,
    ),
    ...(waiting === 0 ? [] : [`  ${WHY.waiting}: ${counted(waiting, 'proxy')}`]),
  ];
}
