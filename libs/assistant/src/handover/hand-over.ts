import { join, resolve } from 'node:path';
import { printable, plural } from '@app/jobspec';
import type { Unplanned } from '@app/jobspec/inventory';
import { WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { inventoryOf, notPlanned } from '../jobs/not-planned.ts';
import { collectClips } from './collected-clips.ts';
import { selectedJobs } from './selected-results.ts';
import { aleLists } from './ale.ts';
import { linkFiles } from './link-files.ts';
import { lostProxies } from './lost-proxies.ts';
import { type List, publishLists } from './publish-lists.ts';
import { comingRow, csvOf, failedRows, madeRow, missingLines, unplannedRow } from './table.ts';

export interface Counts {
  /** Proxies that exist with their verified size. */
  made: number;
  /** Proxies that were made but are gone or of another size. */
  lost: number;
  failed: number;
  /** Clips that were never started because an earlier one failed. */
  not_begun: number;
  /** Proxies that waiting or running jobs will make. */
  to_come: number;
  /** Clips on media without a job. */
  not_planned: number;
}

/** Written files, and what needs attention. */
export interface HandOver extends Counts {
  files: string[];
  /** One sentence for each clip that failed, was never started or wasn't planned. */
  missing: string[];
  /** Notes that need no action, as sentences. */
  notes: string[];
  /** Problems, as sentences; empty if everything is as verified. */
  problems: string[];
}

const NOT_PLANNED =
  'Not all clips on media were planned: the list says why. Fix that and plan them again, or put them aside with retry --dismiss.';
const NOT_ALL =
  'Not all proxies are done: ask for the rest with retry, or put jobs aside with retry --dismiss.';
const TO_COME = 'Jobs are still queued or running: hand over again once they have ended.';

/**
 * Writes the lists that go with proxies, ALE and CSV, to `output`. Their content comes from results; of the proxies,
 * only the size is checked.
 *
 * @param root path of the watch folder
 * @param jobs names, with or without `.json`, or job ids; all jobs if there are none
 * @param isLinked also writes the files that attach proxies in editing systems
 * @throws Refusal, also if a list exists already: lists are never replaced; system errors
 */
export async function handOver(
  root: string,
  output: string,
  jobs: readonly string[],
  isLinked = false,
): Promise<HandOver> {
  const folder = new WatchFolder(root);
  const inventory = await inventoryOf(folder);
  const { unended, unknown, unreadable, ...known } = await selectedJobs(folder, jobs);
  const named = [...unended.map(unendedJob), ...unknown.map(unknownJob)];
  const problems = [...inventory.faults, ...unreadable, ...named];
  const media = jobs.length > 0 ? NOTHING_UNPLANNED : notPlanned(inventory, known);
  const unplanned = media.clips.map(unplannedRow);
  const forgotten = [...media.forgotten.values()].reduce((sum, count) => sum + count, 0);
  const { coming, ended } = known;
  if (coming.length + ended.length + unplanned.length + forgotten === 0)
    throw new Refusal('failed', ...(problems.length > 0 ? problems : [noJob(root)]));
  const { made, failed: all, coming: toCome } = collectClips(known);
  const failed = all.filter(({ job, completedAt }) => !inventory.isDismissed(job, completedAt));
  const lost = await lostProxies(made);
  const existing = made.filter(({ proxy }) => !lost.has(proxy));
  const { ales, problems: unlisted } = aleLists(existing);
  problems.push(...lost.values(), ...unlisted, ...(failed.length > 0 ? [NOT_ALL] : []));
  if (toCome.length > 0 || !media.isSettled) problems.push(TO_COME);
  if (unplanned.length > 0) problems.push(NOT_PLANNED);
  const counts: Counts = {
    made: existing.length,
    lost: lost.size,
    failed: failed.length,
    not_begun: failed.reduce((sum, { notBegun, unnamed }) => sum + notBegun.length + unnamed, 0),
    to_come: toCome.length,
    not_planned: unplanned.length,
  };
  const { links, notes: linked } = isLinked ? linkFiles(existing) : { links: [], notes: [] };
  const notes = [
    ...linked,
    ...dismissedNotes(all.length - failed.length, media.putAside, forgotten),
  ];
  const rows = [
    ...failed.flatMap(failedRows),
    ...unplanned,
    ...toCome.map(comingRow),
    ...made.map((clip) => madeRow(clip, lost.get(clip.proxy))),
  ];
  const lists: List[] = [
    ...ales.map(({ rate, text }): List => [`${ales.length === 1 ? '' : `-${rate}`}.ale`, text]),
    ...links,
    ['.csv', csvOf(rows)],
  ];
  const base = join(resolve(output), 'handover');
  const missing = missingLines(rows);
  return { ...counts, files: await publishLists(base, lists), missing, notes, problems };
}

/** For a hand-over of single jobs, which leaves out unplanned clips. */
const NOTHING_UNPLANNED: Unplanned = {
  clips: [],
  forgotten: new Map(),
  putAside: 0,
  mediaWithPutAside: new Set(),
  isSettled: true,
};

/** Notes on clips that are not in the lists and need no action. */
function dismissedNotes(dismissed: number, putAside: number, forgotten: number): string[] {
  const seen = `${plural(dismissed, 'failed job')} put aside, and not in the lists.`;
  const gone = `${plural(forgotten, 'clip')} no longer known: their results were moved away.`;
  const aside = `${plural(putAside, 'clip')} that ${putAside === 1 ? 'was' : 'were'} not planned put aside, and not in the lists.`;
  return [
    ...(dismissed > 0 ? [seen] : []),
    ...(putAside > 0 ? [aside] : []),
    ...(forgotten > 0 ? [gone] : []),
  ];
}

function noJob(root: string): string {
  return `No job to hand over. None of ${printable(root)} has ended yet.`;
}

function unendedJob(job: string): string {
  return `"${job}" is still queued or running. Hand it over once it has ended.`;
}

function unknownJob(job: string): string {
  return `"${job}" is not a job of this watch folder. Name it as its file or its job id.`;
}

/** Sentence for the counts of a hand-over. */
export function countsSentence(counts: Counts): string {
  const { made, lost, failed, not_begun, to_come, not_planned } = counts;
  const gone = lost === 0 ? '' : `, ${lost} lost (gone or of another size)`;
  const left = not_begun === 0 ? '' : `, ${not_begun} missing`;
  const coming = to_come === 0 ? '' : `, ${to_come} queued or running`;
  const unplanned = not_planned === 0 ? '' : `, ${not_planned} not planned`;
  return `${made} done${gone}, ${failed} failed${left}${coming}${unplanned}.`;
}
