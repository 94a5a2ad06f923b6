import type { JobResult } from '@app/jobspec/result';
import { archiveName, JOB_STATES, stemOf } from '@app/jobspec/folder';
import type { Entry } from '../index/entry.ts';
import { NAME_SEPARATOR, type JobRow } from '../index/job-row.ts';
import { readJobSpec, readResult } from '../index/read-job.ts';
import type { WatchIndex } from '../index/watch-index.ts';

/** Everything that is known of one job. */
export interface OpenJob {
  row: JobRow;
  jobspec: unknown;
  /** The JSON text of the JobSpec, as it lies there; `null` when it can't be read. */
  jobspecText: string | null;
  /** The JSON of the result file, whatever it is. */
  rawResult: unknown;
  /** `null` when there is none, or it is no result of the runner. */
  result: JobResult | null;
  resultText: string | null;
  /** Why a file could not be read, in a sentence. */
  problem: string | null;
}

export interface JobReference {
  folder: string;
  state: string;
  name: string;
}

/**
 * Reads the files of a job that a listing has shown; what a URL says is only compared with what the index knows.
 * @returns `null` when there is no such job
 */
export async function openJob(index: WatchIndex, reference: JobReference): Promise<OpenJob | null> {
  const state = JOB_STATES.find((candidate) => candidate === reference.state);
  const states = index.folder(reference.folder)?.states;
  if (state === undefined || states === undefined) return null;
  const entry = states[state].entryOf(stemOf(reference.name));
  if (!entry?.row || entry.row.name !== reference.name) return null;
  return read(entry.row, entry, states[state].path);
}

async function read(
  row: JobRow,
  { base, hasJob, hasResult }: Entry,
  path: string,
): Promise<OpenJob> {
  const spec = hasJob ? await readJobSpec(path, base) : null;
  const decided = hasResult ? await readResult(path, base) : null;
  const problems = [decided?.problem, spec?.problem, row.problem];
  return {
    row,
    jobspec: spec?.jobspec ?? null,
    jobspecText: contentOf(spec),
    rawResult: decided?.raw ?? null,
    result: decided?.result ?? null,
    resultText: contentOf(decided),
    problem: problems.find((problem) => typeof problem === 'string') ?? null,
  };
}

/** Where a job that left its folder since the link was made lies now: the latest of those that bear its name. */
export function findMovedJob(
  index: WatchIndex,
  { folder, state, name }: JobReference,
): JobRow | null {
  const states = index.folder(folder)?.states;
  if (states === undefined) return null;
  const under = (base: string) =>
    JOB_STATES.filter((candidate) => candidate !== state || base !== stemOf(name)).flatMap(
      (candidate) => states[candidate].entryOf(base)?.row ?? [],
    );
  const found: JobRow[] = under(stemOf(name));
  for (let attempt = 2; ; attempt += 1) {
    const next = under(stemOf(archiveName(name, attempt)));
    if (next.length === 0) break;
    found.push(...next);
  }
  return found.toSorted((a, b) => b.when - a.when)[0] ?? null;
}

/** Clips of a row, in the order of the sources. */
export function clipPathsOf({ paths }: JobRow): { source: string; output: string }[] {
  if (paths === '') return [];
  const parts = paths.split(NAME_SEPARATOR);
  return Array.from({ length: Math.ceil(parts.length / 2) }, (_, index) => ({
    source: parts[index * 2] ?? '',
    output: parts[index * 2 + 1] ?? '',
  }));
}

/** The source of the clip that a job failed at; `null` when it was none of them. */
export function failedSourceOf(row: JobRow): string | null {
  if (row.final_status !== 'FAILED') return null;
  const clip = clipPathsOf(row)[row.completed_clips ?? 0];
  // Only a result knows where the proxy of a clip was to go.
  return clip === undefined || clip.output === '' ? null : clip.source;
}

function contentOf(read: { outcome: { kind: string; bytes?: Buffer } } | null): string | null {
  return read?.outcome.bytes?.toString('utf8') ?? null;
}
