import { printable } from '../text/index.ts';
import {
  collectClips,
  type FailedClip,
  HandOverRefusal,
  type MadeClip,
  selectedResults,
  type Selection,
} from './clips/index.ts';
import { linkFiles, type LinkFiles } from './links/index.ts';
import { lostProxies } from './lost-proxies.ts';
import { aleLists, csvOf, failedRows, madeRow, mismatchedRow, pageOf } from './lists/index.ts';
import { mismatchedClips } from './mismatched-clips.ts';
import { freePaths, publishAll, type LinkPaths } from './output-files.ts';

export { HandOverRefusal } from './clips/index.ts';

export interface Counts {
  /** Proxies that are there with the size that was verified. */
  made: number;
  /** Proxies that were made, and are gone or of another size. */
  lost: number;
  failed: number;
  /** Clips that no job has begun, as one before them failed. */
  not_begun: number;
  /** Clips that weren't planned, as they differ from their hash lists. */
  mismatched: number;
}

/** What was written, and what is to be looked at. */
export interface HandOver extends Counts {
  files: string[];
  /** Sentences on what is as it should be, and worth knowing. */
  notes: string[];
  /** Sentences; none when everything is as it was verified. */
  problems: string[];
}

/**
 * Writes what goes with proxies: ALE, CSV and a page into `output`. What it says comes from results; of the proxies only the size is
 * looked at.
 *
 * @param root of the watch folder.
 * @param isLinked whether what attaches proxies in editing systems is written too.
 * @throws HandOverRefusal, or the system's error. No list is ever replaced.
 */
export async function handOver(
  root: string,
  output: string,
  selection: Selection,
  isLinked = false,
): Promise<HandOver> {
  const { jobs, unreadable, unknown } = await selectedResults(root, selection);
  const problems = [...unreadable, ...unknown.map((job) => unknownJob(job, selection))];
  const differs = await mismatchedClips(root, selection, []);
  if (jobs.length + differs.length === 0)
    throw new HandOverRefusal(problems.length > 0 ? problems : [noJob(root, selection)]);
  const { made, failed } = collectClips(jobs);
  const paths = await freePaths(output, selection, made, isLinked);
  const { aleOf, csv, page } = paths;

  const lost = await lostProxies(made);
  const there = made.filter(({ proxy }) => !lost.has(proxy));
  const links = isLinked ? linkFiles(there) : null;
  const { ales, leftOut } = aleLists(there);
  problems.push(...lost.values(), ...leftOut);
  const mismatches = await mismatchedClips(root, selection, made);
  const counts = { ...countsOf(there, lost, failed), mismatched: mismatches.length };
  problems.push(...mismatches.map(({ reason }) => reason));
  if (failed.length > 0) problems.push(NOT_ALL);
  const rows = [
    ...mismatches.map(mismatchedRow),
    ...failed.flatMap(failedRows),
    ...made.map((clip) => madeRow(clip, lost.get(clip.proxy))),
  ];
  const notes = links?.notes ?? [];
  const summary = [countsSentence(counts), ...notes, ...problems];
  const texts = [
    ...ales.map(({ rate, text }) => ({ path: aleOf(rate), text })),
    ...(links === null ? [] : textsOf(links, paths.links)),
    { path: csv, text: csvOf(rows) },
    { path: page, text: pageOf({ title: 'Hand-over of proxies', summary, rows }) },
  ];
  await publishAll(texts);
  return { ...counts, files: texts.map(({ path }) => path), notes, problems };
}

function textsOf(links: LinkFiles, paths: LinkPaths) {
  return [
    { path: paths.fcpxml, text: links.fcpxml },
    { path: paths.resolve, text: links.resolve },
    { path: paths.premiere, text: links.premiere },
  ];
}

function noJob(root: string, { day }: Selection): string {
  return `No job to hand over. None of ${printable(root)} has ended${day === null ? ' yet' : ` on ${day}`}.`;
}

function unknownJob(job: string, { day }: Selection): string {
  const which = day === null ? '' : ` that ended on ${day}`;
  return `"${job}" is not a job of this watch folder${which}. Name it as its file or its job id.`;
}

function countsOf(
  made: readonly MadeClip[],
  lost: ReadonlyMap<string, string>,
  failed: readonly FailedClip[],
): Omit<Counts, 'mismatched'> {
  const not_begun = failed.reduce(
    (sum, { notBegun, unnamed }) => sum + notBegun.length + unnamed,
    0,
  );
  return { made: made.length, lost: lost.size, failed: failed.length, not_begun };
}

const NOT_ALL = 'Not all proxies that were asked for were made: ask for the rest with retry.';

/** What the counts of a hand-over mean. */
export function countsSentence({ made, lost, failed, not_begun, mismatched }: Counts): string {
  const gone = lost === 0 ? '' : `, ${lost} gone or of another size`;
  const left = not_begun === 0 ? '' : `, ${not_begun} never begun`;
  const other = mismatched === 0 ? '' : `, ${mismatched} not as their hash lists say`;
  return `${made} made${gone}, ${failed} failed${left}${other}.`;
}
