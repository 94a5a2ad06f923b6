import { counted, type FailureType } from '@app/jobspec';
import { isToCome, standingOf } from '@app/jobspec/ledger';
import type { PlanRequest, ProxyKind } from '../plan/plan-request.ts';
import { settledAs, type Plan } from '../plan/report.ts';
import type { KnownAttempt } from '../jobs/known-jobs.ts';
import { OwnProxies, type OwnProxy } from './own-clips.ts';

/** A proxy that was asked for and isn't there. */
export interface MissingProxy {
  source: string;
  /** Its codec and container: `h264 mp4`. */
  kind: string;
  why: keyof typeof WHY;
  /** A sentence. */
  reason: string;
}

/** What came of a plan. */
export interface Outcome {
  made: number;
  missing: MissingProxy[];
  put_aside: number;
  /** Made before; their results were moved away since. */
  not_known_any_more: number;
}

const WHY = {
  failed: 'Failed',
  never_begun: 'Never begun',
  not_planned: 'Not planned',
  stopped: 'Stopped',
  waiting: 'Waiting',
} as const;

/** What is made later without anybody who puts anything right. */
const GOES_ON: ReadonlySet<MissingProxy['why']> = new Set(['stopped', 'waiting']);

/** What came of a plan: what it left out isn't there, whatever was made of it before; of all else the ledger tells. */
export function outcomeOf(
  attempts: readonly KnownAttempt[],
  plan: Pick<Plan, 'clips' | 'unplanned' | 'settled'>,
  request: PlanRequest,
): Outcome {
  const proxies = new OwnProxies(plan, request);
  const tries = new Map<OwnProxy, KnownAttempt[]>();
  for (const attempt of attempts) {
    const proxy = proxies.of(attempt);
    if (proxy !== null) tries.set(proxy, [...(tries.get(proxy) ?? []), attempt]);
  }
  const unplanned = new Map(plan.unplanned.map((one) => [`${keyOf(one.kind)} ${one.path}`, one]));
  const outcome: Outcome = {
    made: 0,
    missing: [],
    put_aside: settledAs('put_aside', plan),
    not_known_any_more: settledAs('forgotten', plan),
  };
  const settled = new Set(plan.settled.map(({ kind, path }) => `${keyOf(kind)} ${path}`));
  for (const proxy of proxies.all) {
    const { source, kind } = proxy;
    if (settled.has(`${keyOf(kind)} ${source}`)) continue;
    const found = unplanned.get(`${keyOf(kind)} ${source}`) ?? missingOf(tries.get(proxy) ?? []);
    if (found === null) outcome.made += 1;
    else outcome.missing.push({ why: 'not_planned', ...found, source, kind: keyOf(kind) });
  }
  return outcome;
}

function keyOf({ codec, container }: ProxyKind): string {
  return `${codec} ${container}`;
}

function missingOf(tries: readonly KnownAttempt[]): Pick<MissingProxy, 'why' | 'reason'> | null {
  if (tries.length === 0) return { why: 'not_planned', reason: 'no job of it is known' };
  const { missing } = standingOf(tries);
  if (missing === null) return null;
  const { job, state, clip } = missing;
  if (isToCome(missing)) return { why: 'waiting', reason: `its job is ${job.name}` };
  const { failure_type = null, failure_reason = null } = 'result' in job ? job.result : {};
  const reason = clip?.failure_reason ?? failure_reason ?? `its job is ${job.name}`;
  if (failure_type === INTERRUPTED) return { why: 'stopped', reason };
  return { why: state === 'not_begun' ? 'never_begun' : 'failed', reason };
}

const INTERRUPTED = 'RunnerInterrupted' satisfies FailureType;

/** What is missing and why, a line for each; what only waits is counted. */
export function outcomeLines(outcome: Outcome): string[] {
  const { made, missing, put_aside: aside, not_known_any_more: forgotten } = outcome;
  const settled = [
    ...(aside > 0 ? [`${counted(aside, 'proxy')} put aside.`] : []),
    ...(forgotten > 0
      ? [`${counted(forgotten, 'proxy')} made before: the results were moved away since.`]
      : []),
  ];
  if (missing.length === 0) return [`All there: ${counted(made, 'proxy')}.`, ...settled];
  const waiting = missing.filter(({ why }) => why === 'waiting').length;
  const told = missing.filter(({ why }) => why !== 'waiting');
  const isMany = new Set(missing.map(({ kind }) => kind)).size > 1;
  return [
    `${made} of ${counted(made + missing.length, 'proxy')} there; what is missing:`,
    ...told.map(({ source, kind, why, reason }) => {
      const what = isMany ? `${source} (${kind})` : source;
      return reason.startsWith(source)
        ? `  ${WHY[why]}: ${reason}`
        : `  ${WHY[why]}: ${what}: ${reason}`;
    }),
    ...(waiting === 0 ? [] : [`  ${WHY.waiting}: ${counted(waiting, 'proxy')}`]),
    ...settled,
    missing.some(({ why }) => GOES_ON.has(why))
      ? 'The same command goes on.'
      : 'Put right what is named, then the same command makes the rest.',
  ];
}
