import { plural, STATE_WORDS, type FailureType } from '@app/jobspec';
import { isUnfinished, proxyStatus } from '@app/jobspec/ledger';
import type { PlanRequest, ProxyKind } from '../plan/plan-request.ts';
import { settledAs, type Plan } from '../plan/report.ts';
import type { KnownAttempt } from '../jobs/known-jobs.ts';
import { OwnProxies, type OwnProxy } from './own-clips.ts';

/** Requested proxy that doesn't exist. */
export interface MissingProxy {
  source: string;
  /** Codec and container: `h264 mp4`. */
  kind: string;
  why: keyof typeof WHY;
  /** One sentence. */
  reason: string;
}

/** Outcome of a plan. */
export interface Outcome {
  made: number;
  missing: MissingProxy[];
  put_aside: number;
  /** Made before, with their results moved away since. */
  not_known_any_more: number;
}

const WHY = {
  failed: STATE_WORDS.failed,
  never_begun: STATE_WORDS.missing,
  not_planned: STATE_WORDS.notPlanned,
  stopped: STATE_WORDS.interrupted,
  waiting: STATE_WORDS.queued,
} as const;

/** Reasons that need no fix: running the same command again makes these proxies. */
const GOES_ON: ReadonlySet<MissingProxy['why']> = new Set(['stopped', 'waiting']);

/**
 * Returns the outcome of a plan. Proxies that were left out count as missing even if they were made before; the ledger
 * decides about the others.
 */
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
  const { missing } = proxyStatus(tries);
  if (missing === null) return null;
  const { job, state, clip } = missing;
  if (isUnfinished(missing)) return { why: 'waiting', reason: `its job is ${job.name}` };
  const { failure_type = null, failure_reason = null } = 'result' in job ? job.result : {};
  const reason = clip?.failure_reason ?? failure_reason ?? `its job is ${job.name}`;
  if (failure_type === INTERRUPTED) return { why: 'stopped', reason };
  return { why: state === 'not_begun' ? 'never_begun' : 'failed', reason };
}

const INTERRUPTED = 'RunnerInterrupted' satisfies FailureType;

/** Returns a line for each missing proxy with its reason; proxies that only wait are counted. */
export function outcomeLines(outcome: Outcome): string[] {
  const { made, missing, put_aside: aside, not_known_any_more: forgotten } = outcome;
  const settled = [
    ...(aside > 0 ? [`${plural(aside, 'proxy')} put aside.`] : []),
    ...(forgotten > 0
      ? [`${plural(forgotten, 'proxy')} made before: the results were moved away since.`]
      : []),
  ];
  const isAll = made > 1 && settled.length === 0;
  if (missing.length === 0)
    return [`${isAll ? 'All ' : ''}${plural(made, 'proxy')} done.`, ...settled];
  const waiting = missing.filter(({ why }) => why === 'waiting').length;
  const listed = missing.filter(({ why }) => why !== 'waiting');
  const isMany = new Set(missing.map(({ kind }) => kind)).size > 1;
  return [
    `${made} of ${plural(made + missing.length, 'proxy')} done. The others:`,
    ...listed.map(({ source, kind, why, reason }) => {
      const what = isMany ? `${source} (${kind})` : source;
      return reason.startsWith(source)
        ? `  ${WHY[why]}: ${reason}`
        : `  ${WHY[why]}: ${what}: ${reason}`;
    }),
    ...(waiting === 0 ? [] : [`  ${WHY.waiting}: ${plural(waiting, 'proxy')}`]),
    ...settled,
    missing.some(({ why }) => GOES_ON.has(why))
      ? 'Run the same command again to go on.'
      : 'Fix what is named above, then run the same command again for the rest.',
  ];
}
