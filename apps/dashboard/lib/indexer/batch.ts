import { cardName, cardRootOf } from '@app/assistant/card';
import { jobNameOf } from '@app/jobspec/folder';
import { CLIP_FACTS, STATUS, type FoundClip, type PlaceState } from '../index/clip-row.ts';
import { JOB_FACTS } from '../index/job-row.ts';
import { filesOf, type ReadEntry } from './read-entry.ts';
import { fileNameOf, splitPath } from '../index/paths.ts';
import { searchText } from '../index/search-words.ts';

/** Jobs to be inserted. The JSON texts are arrays that SQLite unpacks, so that each statement inserts many rows. */
export interface Batch {
  /** Names of the jobs, in the order of the arrays below. */
  bases: string[];
  /** JSON: values of {@link JOB_COLUMNS} of each job. */
  jobs: string;
  /** JSON: searchable text of each job. */
  texts: string;
  /** JSON: path, name, text and card of each source folder, each preceded by the same of its card. */
  dirs: string;
  /** JSON: position of the job, position of the clip and source folder of each clip, then values of {@link CLIP_COLUMNS}. */
  clips: string;
}

export const JOB_COLUMNS = [...JOB_FACTS, 'base', 'files', 'stamp', 'at', 'ended', 'cause', 'text'];

export const CLIP_COLUMNS = [
  'name',
  'kind',
  'output_path',
  'status',
  'at',
  ...CLIP_FACTS,
  'text',
] as const;

/** Milliseconds added to the time of unfinished jobs, so that they sort after all finished ones. */
export const UNFINISHED: Record<PlaceState, number> = {
  pending: 1e14,
  running: 2e14,
  completed: 0,
  failed: 0,
  media: 0,
};

export function batchOf(folder: string, state: PlaceState, jobs: readonly ReadEntry[]): Batch {
  const dirs = new Map<string, string[]>();
  const texts = jobs.map((job) => jobText(folder, job));
  const clips = jobs.flatMap((job, place) => clipsOf(job, place, dirs));
  return {
    bases: jobs.map(({ base }) => base),
    jobs: json(jobs.map((job, at) => valuesOf(job, UNFINISHED[state], texts[at] ?? ''))),
    texts: json(jobs.map((job, at) => `${texts[at]}${clipTexts(job.clips)}`)),
    dirs: json([...dirs.values()]),
    clips: json(clips),
  };
}

function valuesOf({ facts, ...job }: ReadEntry, later: number, text: string) {
  return [
    ...JOB_FACTS.map((fact) => facts[fact]),
    job.base,
    filesOf(job),
    job.stamp,
    facts.when,
    later + facts.when,
    facts.cause,
    text,
  ];
}

/** Searchable text that all clips of a job share. All its proxies are in one folder. */
function jobText(folder: string, { base, facts, clips }: ReadEntry): string {
  const output = clips.find(({ output_path }) => output_path !== '')?.output_path ?? '';
  const names = [folder, jobNameOf(base), facts.job_id ?? '', splitPath(output).dir];
  return names.map(searchText).join('\n');
}

/** Searchable text of all clips, one name per line, so that no word matches across two names. */
function clipTexts(clips: readonly FoundClip[]): string {
  const dirs = new Set(clips.map(({ source_path }) => splitPath(source_path).dir));
  return `\n${[...dirs].map(searchText).join('\n')}\n${clips.map(clipText).join('\n')}`;
}

function clipText({ source_path, output_path, reel }: FoundClip): string {
  const names = [fileNameOf(source_path), fileNameOf(output_path), reel ?? ''];
  return [...new Set(names)].map(searchText).join('\n');
}

function clipsOf({ clips }: ReadEntry, job: number, dirs: Map<string, string[]>) {
  return clips.map((clip, index) => {
    const { dir, name } = splitPath(clip.source_path);
    addDir(dirs, dir, clip.source_path);
    return [
      job,
      index,
      dir,
      name,
      clip.kind,
      clip.output_path,
      STATUS[clip.status],
      clip.when,
      ...CLIP_FACTS.map((fact) => (fact === 'pictures' ? picturesOf(clip) : clip[fact])),
      clipText(clip),
    ];
  });
}

function picturesOf({ pictures }: FoundClip): string | null {
  return pictures.length === 0 ? null : JSON.stringify(pictures);
}

/** Adds a source folder and its card, which is a folder with a trailing slash like any other. */
function addDir(dirs: Map<string, string[]>, dir: string, source: string): void {
  if (dirs.has(dir)) return;
  const root = cardRootOf(source);
  const card = root === dir.replaceAll('\\', '/').slice(0, -1) ? dir : `${root}/`;
  for (const path of [card, dir])
    dirs.set(path, [path, searchText(cardName(root)), searchText(path), card]);
}

/** JSON escapes that SQLite can't store as text: lone surrogates and NUL. */
const NO_TEXT = /\\u(?:d|0000)/u;

function json(values: unknown): string {
  const text = JSON.stringify(values);
  return NO_TEXT.test(text)
    ? JSON.stringify(values, (_, value: unknown) =>
        typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
      )
    : text;
}
