import type { JobState } from '@app/jobspec/folder';
import { CLIP_FACTS, CLIP_STATUSES } from '../jobs/clip-row.ts';
import { splitPath } from '../names/words.ts';
import type { JobFacts } from '../reading/found-job.ts';
import { filesOf } from '../reading/pair.ts';
import type { ReadEntry } from '../reading/read-entry.ts';
import { causeOf } from './cause.ts';
import { searchTextOf } from './search-text.ts';
import { addTo, NO_SUMS, SUM_COLUMNS, type StoredSums } from './sums.ts';

/** Jobs on their way into the index. What is JSON is taken apart by SQLite: it is told once of many rows. */
export interface Batch {
  /** Of the jobs, in the order of all that follows. */
  bases: string[];
  /** JSON: the values of {@link JOB_COLUMNS} of each job. */
  jobs: string;
  /** JSON: what a search looks through, of each job. */
  texts: string;
  /** JSON: the folders of sources and outputs, each before the sums of its sources, in the order of {@link SUM_COLUMNS}. */
  dirs: string;
  /** Of all these clips. */
  sums: StoredSums;
  /** JSON: in each part the values of some clips. */
  clips: string[];
}

const JOB_FACTS = [
  'job_id',
  'final_status',
  'execution_engine',
  'failure_type',
  'failure_reason',
  'total_clips',
  'completed_clips',
  'output_size_bytes',
  'duration_seconds',
  'worker_id',
  'started_at',
  'completed_at',
  'problem',
  'kind',
] as const satisfies readonly (keyof JobFacts)[];

export const JOB_COLUMNS = [
  ...JOB_FACTS,
  'base',
  'files',
  'stamp',
  'at',
  'ended',
  'cause',
  'waited',
];

/** Sorted by the end, what has not ended yet comes after everything that has: milliseconds that no clock will show. */
export const UNFINISHED: Record<JobState, number> = {
  pending: 1e14,
  running: 2e14,
  completed: 0,
  failed: 0,
};

const CLIPS_OF_A_PART = 2000;

export function batchOf(folder: string, state: JobState, jobs: readonly ReadEntry[]): Batch {
  const dirs = new Map<string, StoredSums>();
  const clips = jobs.flatMap((job, place) => clipsOf(job, place, dirs));
  return {
    bases: jobs.map(({ base }) => base),
    jobs: json(jobs.map((job) => valuesOf(job, UNFINISHED[state]))),
    texts: json(
      jobs.map(({ base, facts, clips }) => searchTextOf(folder, base, facts.job_id, clips)),
    ),
    dirs: json(Array.from(dirs, ([path, sums]) => [path, ...SUM_COLUMNS.map((sum) => sums[sum])])),
    sums: totalOf(dirs.values()),
    clips: Array.from({ length: Math.ceil(clips.length / CLIPS_OF_A_PART) }, (_, part) =>
      json(clips.slice(part * CLIPS_OF_A_PART, (part + 1) * CLIPS_OF_A_PART)),
    ),
  };
}

function valuesOf({ facts, ...job }: ReadEntry, later: number) {
  const failed = facts.failure_type !== null || facts.final_status === 'FAILED';
  return [
    ...JOB_FACTS.map((fact) => facts[fact]),
    job.base,
    filesOf(job),
    job.stamp,
    facts.when,
    later + facts.when,
    failed ? causeOf(facts.failure_type, facts.failure_reason) : null,
    job.waited,
  ];
}

/** A new clip is the latest of its source until it is compared with others. */
function sumsOf(dirs: Map<string, StoredSums>, path: string): StoredSums {
  const known = dirs.get(path);
  if (known !== undefined) return known;
  const sums = { ...NO_SUMS };
  dirs.set(path, sums);
  return sums;
}

function totalOf(parts: Iterable<StoredSums>): StoredSums {
  const total = { ...NO_SUMS };
  for (const part of parts) for (const sum of SUM_COLUMNS) total[sum] += part[sum];
  return total;
}

/** Place of the job in its batch, place in its job, and then the columns. What stays JSON is text already: it is not taken apart. */
function clipsOf({ clips }: ReadEntry, job: number, dirs: Map<string, StoredSums>) {
  return clips.map((clip, index) => {
    const source = splitPath(clip.source_path);
    const output = clip.output_path === '' ? null : splitPath(clip.output_path);
    const status = CLIP_STATUSES.indexOf(clip.status);
    addTo(sumsOf(dirs, source.dir), status, 1);
    if (output !== null) sumsOf(dirs, output.dir);
    return [
      job,
      index,
      source.dir,
      source.name,
      output?.dir ?? null,
      output?.name ?? '',
      status,
      clip.when,
      json(CLIP_FACTS.map((fact) => clip[fact])),
    ];
  });
}

/** Half of a surrogate pair and NUL, which JSON allows, are no text to SQLite. */
const NO_TEXT = /\\u(?:d|0000)/u;

function json(values: unknown): string {
  const text = JSON.stringify(values);
  return NO_TEXT.test(text)
    ? JSON.stringify(values, (_, value: unknown) =>
        typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
      )
    : text;
}
