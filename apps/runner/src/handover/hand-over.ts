import { dirname, join, resolve } from 'node:path';
import { exists } from '../files/exists.ts';
import { mkdir } from '../files/patient-fs.ts';
import { printable } from '../text/printable.ts';
import { collectClips, type CollectedClips } from './clips/collected-clips.ts';
import type { HashedFile } from '../files/file-hash.ts';
import { writeHashLists } from './hash-lists.ts';
import { hashProxies } from './hashed-proxies.ts';
import { aleLists } from './lists/ale.ts';
import { csvOf } from './lists/csv.ts';
import { pageOf } from './lists/page.ts';
import { failedRow, madeRow } from './lists/table.ts';
import { publishText } from '../job/publish-text.ts';
import { selectedResults, type Selection } from './clips/selected-results.ts';

/** What was written, and what is to be looked at. */
export interface HandOver {
  made: number;
  failed: number;
  files: string[];
  /** Sentences; none when everything is as it was verified. */
  problems: string[];
}

/** Nothing can be handed over; its message is a sentence. */
export class HandOverRefusal extends Error {
  override readonly name = 'HandOverRefusal';
}

/**
 * Writes what goes with proxies: a hash list into the history of their folder, and ALE, CSV and a page into `output`. What it says
 * comes from results; the proxies are read for their hashes.
 *
 * @param root of the watch folder.
 * @throws HandOverRefusal, HistoryError, or the system's error. No list is ever replaced.
 */
export async function handOver(
  root: string,
  output: string,
  selection: Selection,
): Promise<HandOver> {
  const { jobs, unreadable, unknown } = await selectedResults(root, selection);
  const problems = [...unreadable, ...unknown.map((job) => `${printable(job)} is no job here.`)];
  if (jobs.length === 0) throw new HandOverRefusal(['No job to hand over.', ...problems].join(' '));
  const clips = collectClips(jobs);
  const { ales, leftOut } = aleLists(clips.made);
  const name = selection.day === null ? 'handover' : `handover-${selection.day}`;
  const base = join(resolve(output), name);
  const texts = new Map(
    ales.map(({ rate, text }) => [`${base}${ales.length === 1 ? '' : `-${rate}`}.ale`, text]),
  );
  await mkdir(dirname(base), { recursive: true });
  // Reading proxies takes long; a name that is taken is found before.
  for (const path of [...texts.keys(), `${base}.csv`, `${base}.html`]) await refuseTaken(path);

  const { hashed, problems: unread } = await hashProxies(clips.made);
  const lists = await writeHashLists(hashed);
  problems.push(...unread, ...lists.problems, ...leftOut);
  for (const [path, text] of tables(base, clips, hashed, problems)) texts.set(path, text);
  for (const [path, text] of texts) await publishText(path, text);
  const files = [...lists.files, ...texts.keys()];
  return { made: clips.made.length, failed: clips.failed.length, files, problems };
}

async function refuseTaken(path: string) {
  if (await exists(path))
    throw new HandOverRefusal(
      `${printable(path)} exists already and is not replaced. Move it away, or name another folder with --output.`,
    );
}

function tables(
  base: string,
  { made, failed }: CollectedClips,
  hashed: ReadonlyMap<string, HashedFile>,
  problems: readonly string[],
): [path: string, text: string][] {
  const rows = [
    ...failed.map(failedRow),
    ...made.map((clip) => madeRow(clip, hashed.get(clip.proxy)?.xxh64)),
  ];
  const title = 'Hand-over of proxies';
  const summary = [`${made.length} made, ${failed.length} failed.`, ...problems];
  return [
    [`${base}.csv`, csvOf(rows)],
    [`${base}.html`, pageOf({ title, summary, rows })],
  ];
}
