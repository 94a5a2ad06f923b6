import { cardsIn } from './cards-in.ts';
import { WISHES } from './editors.ts';
import type { Plan } from './outcome.ts';
import type { PlanRequest } from './plan-request.ts';
import { counted, listed } from '../text/index.ts';
import type { SubmitResult } from './store.ts';

const DONE: Readonly<Record<SubmitResult, string>> = {
  planned: 'would be written',
  written: 'written',
  submitted: 'submitted',
  there: 'there already',
  other: 'is there and says something else',
  gone: 'was completed, and its proxies are gone or changed',
};

/** Kinds of leftovers that somebody may have meant as clips. */
const NAMED: ReadonlySet<string> = new Set(['other', 'sound', 'special']);

/** A plan for people, a line for each thing. Problems are not in it. */
export function planLines(plan: Plan, request: PlanRequest): string[] {
  return [
    ...cardsIn(plan.clips).map(
      ({ medium, card, clips }) =>
        `${medium}: ${card ?? 'an ordinary folder'}, ${counted(clips, 'clip')}`,
    ),
    ...plan.jobs.map(
      ({ document: { name, clips, engine, directory }, fate }) =>
        `${name}: ${counted(clips.length, 'clip')} ${engine === null ? 'that will be refused' : `by ${engine}`} into ${directory}, ${DONE[fate]}`,
    ),
    ...plan.clips.flatMap(({ path, warnings }) =>
      warnings.map((sentence) => `${path}: ${sentence}`),
    ),
    ...leftOutLines(plan),
    ...joinedLines(plan),
    ...hashLists(plan),
    ...attachLines(request),
    summary(plan, request),
  ];
}

/** How proxies are attached that the editing system doesn't find beside their clips. */
function attachLines({ editor, place, naming }: PlanRequest): string[] {
  if (editor === null) return [];
  const { beside, naming: usual } = WISHES[editor];
  if (place.how === 'beside' && place.name === beside && naming === usual) return [];
  return ['Once they are made, handover --link writes what attaches these proxies.'];
}

/** What is no clip, and what was not followed. */
export function leftOutLines({ leftovers, links }: Pick<Plan, 'leftovers' | 'links'>): string[] {
  const kinds = leftovers.entries().map(({ kind, count, words, first }) => {
    const named = NAMED.has(kind) ? ` (${listed(first, count)})` : '';
    return `Left out: ${count} ${words}${named}`;
  });
  return links === 0 ? kinds : [...kinds, `Not followed: ${counted(links, 'symbolic link')}`];
}

function joinedLines({ joined }: Plan): string[] {
  if (joined.length === 0) return [];
  return [`Not joined, though by the camera's own list they go on from another: ${listed(joined)}`];
}

function hashLists({ lists, hashes }: Plan): string[] {
  const named = lists.map(({ history, files: [file = ''] }) => history ?? file);
  if (hashes === null)
    return named.map((path) => `Hash list: ${path}. Compare sources with it by --check-mhl.`);
  const { matched, unlisted } = hashes;
  const rest =
    unlisted.length === 0 ? [] : [`Not compared, as no list has a hash of it: ${listed(unlisted)}`];
  return [`${counted(matched, 'source')} as ${listed(named)} says`, ...rest];
}

function summary(
  { jobs, made, alreadySubmitted, problems }: Plan,
  { target }: PlanRequest,
): string {
  const fresh = jobs.filter(({ fate }) => !['there', 'other', 'gone'].includes(fate));
  const there = jobs.filter(({ fate }) => fate === 'there').length;
  const clips = fresh.reduce((sum, { document }) => sum + document.clips.length, 0);
  const jobSpecs = counted(fresh.length, 'JobSpec');
  const parts = [
    `${counted(clips, 'proxy')} in ${jobSpecs} ${wordFor(target.how)}`,
    ...(made > 0 ? [`${made} already made`] : []),
    ...(alreadySubmitted > 0 ? [`${alreadySubmitted} already submitted`] : []),
    ...(there > 0 ? [`${counted(there, 'JobSpec')} there already`] : []),
    ...(problems.length > 0 ? [counted(problems.length, 'problem')] : []),
  ];
  return `${parts.join('; ')}.`;
}

function wordFor(how: PlanRequest['target']['how']): string {
  if (how === 'submit') return 'submitted';
  return how === 'write' ? 'written' : 'planned, nothing written (--write or --submit does)';
}
