import { cardOf } from '../cards/card-root.ts';
import { plural, listed } from '@app/jobspec';
import { contains } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import type { JobDocument } from './documents.ts';
import { NEEDS, type Needs } from './editors.ts';
import type { Clip } from './examine.ts';
import type { SettledProxy } from './findings.ts';
import type { HashList } from './hash-lists.ts';
import type { Destination, PlanRequest, ProxyKind } from './plan-request.ts';
import type { SubmitResult } from './store.ts';
import { slashed, type Problem, type Walk } from './walk.ts';

/** Outcome of a planning pass. */
export interface Plan {
  clips: readonly Clip[];
  jobs: readonly { document: JobDocument; result: SubmitResult }[];
  /** Proxies that jobs have made and that exist. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
  leftovers: Walk['leftovers'];
  /** Count of symbolic links, which aren't followed. */
  links: number;
  lists: readonly HashList[];
  /** Matching sources, and those without a hash in any list; `null` if nothing was compared. */
  hashes: { matched: number; unlisted: readonly string[] } | null;
  problems: readonly Problem[];
  /** Reasons why the inventory may lack clips, as sentences. */
  faults: readonly string[];
  /** Left out proxies by clip and kind, each with a sentence. */
  unplanned: readonly { path: string; kind: ProxyKind; reason: string }[];
  /** Proxies that need no action. */
  settled: readonly SettledProxy[];
  /** Clips whose proxies don't get the template's name, since other clips would get it, too. */
  renamed: readonly Clip[];
  /** Count of clips that still need a job. */
  waiting: number;
  /** Count of proxies requested now or before. */
  requested: number;
  /** True if clips are left for the next pass to examine. */
  hasMore: boolean;
}

/** Output of `--json`. */
export function planJson(plan: Plan): string {
  const { hashes } = plan;
  const report = {
    cards: cardsIn(plan.clips),
    jobs: plan.jobs.map(({ document, result }) => ({
      name: document.name,
      state: result,
      execution_engine: document.engine,
      outputs: document.outputs,
      jobspec: document.spec,
    })),
    warnings: plan.clips.flatMap(({ path, warnings }) =>
      warnings.map((reason) => ({ path, reason })),
    ),
    already_made: plan.made,
    already_submitted: plan.alreadySubmitted,
    put_aside: settledAs('put_aside', plan),
    not_known_any_more: settledAs('forgotten', plan),
    left_out: plan.leftovers.entries().map(({ kind, count, first }) => ({ kind, count, first })),
    links: plan.links,
    hash_lists: plan.lists.map(({ path }) => path),
    hashes: hashes && { matched: hashes.matched, unlisted: hashes.unlisted },
    problems: plan.problems.map(({ path, kind, reason }) => ({ path, kind, reason })),
  };
  return JSON.stringify(report, null, 2);
}

const RESULT_WORDS: Readonly<Record<SubmitResult, string>> = {
  planned: 'would be written',
  written: 'written',
  submitted: 'submitted',
  there: 'there already',
  other: 'is there and says something else',
  gone: 'was completed, and its proxies are gone or changed',
};

/** Kinds of leftovers that may be mistaken for clips. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['other', 'sound', 'special']);

/**
 * Plan for people, without its problems.
 *
 * @param namesJobs adds a line for each JobSpec
 */
export function planLines(plan: Plan, request: PlanRequest, namesJobs = true): string[] {
  return [
    ...cardsIn(plan.clips).map(
      ({ medium, card, clips }) =>
        `${medium}: ${card ?? 'an ordinary folder'}, ${plural(clips, 'clip')}`,
    ),
    ...(namesJobs ? jobLines(plan) : []),
    ...plan.clips.flatMap(({ path, warnings }) =>
      warnings.map((sentence) => `${path}: ${sentence}`),
    ),
    ...leftOutLines(plan),
    ...hashLists(plan, request),
    ...renamedLines(plan, request),
    ...attachLines(request),
    summary(plan, request),
  ];
}

function jobLines({ jobs }: Plan): string[] {
  return jobs.map(
    ({ document: { name, clips, engine, directory }, result }) =>
      `${name}: ${plural(clips.length, 'clip')} ${engine === null ? 'that will be rejected' : `by ${engine}`} into ${directory}, ${RESULT_WORDS[result]}`,
  );
}

const ATTACH_WORDS: Record<Needs['list'], string> = {
  ale: 'handover writes an ALE with their reels and timecodes',
  link: 'handover --link writes what attaches these proxies',
};

/** Lines on clips that aren't planned, or whose jobs the runner will refuse and report. */
export function problemLines({ problems, faults }: Pick<Plan, 'problems' | 'faults'>): string[] {
  const lines = problems.map(
    ({ reason, isPlanned }) =>
      `${isPlanned ? 'Planned, and will be rejected' : 'Not planned'}: ${reason}`,
  );
  return [...faults, ...lines];
}

/** Line on how to attach proxies that the editing system doesn't find by itself. */
function attachLines({ editor, place, naming }: PlanRequest): string[] {
  if (editor === null) return [];
  const { proxyFolder, naming: usual, list } = NEEDS[editor];
  if (place.how === 'beside' && place.name === proxyFolder && naming === usual) return [];
  return [`Once they are made, ${ATTACH_WORDS[list]}.`];
}

/** Line on proxies with other names than their clips. */
export function renamedLines(
  { renamed }: Pick<Plan, 'renamed'>,
  { editor }: PlanRequest,
): string[] {
  if (renamed.length === 0) return [];
  const by = editor === null ? 'what attaches by name' : NEEDS[editor].finder;
  return [
    `Another clip has the name of ${listed(renamed.map(({ path }) => path))}: the names of these proxies are longer, so ${by} finds all but these; handover --link attaches them, too.`,
  ];
}

/** Lines on leftovers and links. */
export function leftOutLines({ leftovers, links }: Pick<Plan, 'leftovers' | 'links'>): string[] {
  const kinds = leftovers.entries().map(({ kind, count, words, first }) => {
    const named = NAMED_KINDS.has(kind) ? ` (${listed(first, count)})` : '';
    return `Left out: ${count} ${words}${named}`;
  });
  return links === 0 ? kinds : [...kinds, `Not followed: ${plural(links, 'symbolic link')}`];
}

/** Lines on hash lists that don't know the proxies next to clips. */
export function extraFileLines(lists: readonly HashList[], place: Destination): string[] {
  if (place.how === 'output') return [];
  return lists.map(
    ({ path }) => `${path} doesn't know the proxies in ${place.name}: extra files for it.`,
  );
}

function hashLists({ lists, hashes }: Plan, { place }: PlanRequest): string[] {
  const named = lists.map(({ path }) => path);
  const beside = extraFileLines(lists, place);
  if (hashes === null)
    return [
      ...named.map((path) => `Hash list: ${path}. Compare sources with it by --check-mhl.`),
      ...beside,
    ];
  const { matched, unlisted } = hashes;
  const rest =
    unlisted.length === 0 ? [] : [`Not compared, as no list has a hash of it: ${listed(unlisted)}`];
  const same = matched === 0 ? [] : [`${plural(matched, 'source')} as ${listed(named)} says`];
  return [...same, ...rest, ...beside];
}

/** Count of proxies that need no action. */
export function settledAs(how: SettledProxy['how'], { settled }: Pick<Plan, 'settled'>): number {
  return settled.filter((one) => one.how === how).length;
}

function summary(plan: Plan, { target }: PlanRequest): string {
  const { jobs, made, alreadySubmitted, problems } = plan;
  const [aside, forgotten] = [settledAs('put_aside', plan), settledAs('forgotten', plan)];
  const fresh = jobs.filter(({ result }) => !['there', 'other', 'gone'].includes(result));
  const there = jobs.filter(({ result }) => result === 'there').length;
  const clips = fresh.reduce((sum, { document }) => sum + document.clips.length, 0);
  const jobSpecs = plural(fresh.length, 'JobSpec');
  const parts = [
    `${plural(clips, 'proxy')} in ${jobSpecs} ${wordFor(target.how)}`,
    ...(made > 0 ? [`${made} already made`] : []),
    ...(alreadySubmitted > 0 ? [`${alreadySubmitted} already submitted`] : []),
    ...(there > 0 ? [`${plural(there, 'JobSpec')} there already`] : []),
    ...(aside > 0 ? [`${aside} put aside`] : []),
    ...(forgotten > 0 ? [`${forgotten} made before, their results moved away`] : []),
    ...(problems.length > 0 ? [plural(problems.length, 'problem')] : []),
  ];
  return `${parts.join('; ')}.`;
}

function wordFor(how: PlanRequest['target']['how']): string {
  if (how === 'submit') return 'submitted';
  return how === 'write' ? 'written' : 'planned, nothing written (--write or --submit does)';
}

/** Count of clips per medium and card layout. */
interface CardCount {
  medium: string;
  /** `null` for an unknown layout. */
  card: string | null;
  clips: number;
}

/** Counts clips by medium and layout, in order. */
function cardsIn(clips: readonly Clip[]): CardCount[] {
  const counts = new Map<string, CardCount>();
  for (const { path, medium } of clips) {
    const card = cardOf(slashed(path))?.title ?? null;
    const key = `${medium}\n${card}`;
    const count = counts.get(key) ?? { medium, card, clips: 0 };
    count.clips += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
}

/** Refusal for media without clips. It lists leftovers that may be mistaken for clips. */
export function noClipRefusal(walk: Walk, { media, place }: PlanRequest): Refusal {
  const output =
    place.how === 'output' && media.some((medium) => contains(medium, place.folder))
      ? ` outside of the output folder ${place.folder}`
      : '';
  const sentence = `There is no clip in ${media.join(', ')}${output}.`;
  return new Refusal('failed', sentence, ...leftOutLines(walk));
}
