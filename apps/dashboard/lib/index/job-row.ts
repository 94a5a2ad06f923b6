import type { EngineName, FailureType, FinalStatus, JobResult } from '@app/jobspec/result';
import { ARCHIVES, archiveOf, type JobState } from '@app/jobspec/folder';
import { clipped } from '../text/visible-text.ts';
import { instant } from './narrow.ts';

/** One job as lists show it: compact, since a hundred thousand of them are held in memory. */
export interface JobRow {
  folder: string;
  state: JobState;
  /** File name of the job, `x.json`. */
  name: string;
  job_id: string | null;
  final_status: FinalStatus | null;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  total_clips: number | null;
  completed_clips: number | null;
  /** Of all outputs together. */
  output_size_bytes: number | null;
  duration_seconds: number | null;
  worker_id: number | null;
  /** Number of the clip that a runner at work makes, from 1. */
  clip: number | null;
  started_at: string | null;
  completed_at: string | null;
  /** Why a file of this job could not be read, in a sentence. */
  problem: string | null;
  /** When the job ended, or for one that has not (or whose result can't be read) when its file was written; milliseconds. */
  when: number;
  /** Source and output path of every clip, in turn; `''` where one is not known. */
  paths: string;
  /** Lower-cased names that a search looks through. */
  haystack: string;
}

/** Separates names in {@link JobRow.paths} and {@link JobRow.haystack}; no path contains it. */
export const NAME_SEPARATOR = '\0';

/** Characters of a reason that a row keeps: a hundred thousand rows are held, and lists and exports carry all of it. */
export const REASON_LIMIT = 2000;
/** Twice what the contract allows. */
const JOB_ID_LIMIT = 256;

export interface RowReference {
  folder: string;
  state: JobState;
  name: string;
  /** Milliseconds; of the file that the row was made from. */
  modifiedAt: number;
}

/** What the index takes from a JobSpec for jobs whose result does not name every source. */
export interface JobSpecFacts {
  job_id: string | null;
  sources: string[];
}

/** A row for a job without a readable result: waiting, being worked on, or with a problem. */
export function bareRow(
  reference: RowReference,
  spec: JobSpecFacts | null,
  problem: string | null,
): JobRow {
  const { folder, state, name, modifiedAt } = reference;
  const paths = (spec?.sources ?? []).flatMap((source) => [source, '']);
  return {
    folder,
    state,
    name,
    job_id: spec?.job_id == null ? null : clipped(spec.job_id, JOB_ID_LIMIT),
    final_status: null,
    execution_engine: null,
    failure_type: null,
    failure_reason: null,
    total_clips: spec === null ? null : spec.sources.length,
    completed_clips: null,
    output_size_bytes: null,
    duration_seconds: null,
    worker_id: null,
    clip: null,
    started_at: null,
    completed_at: null,
    problem,
    when: modifiedAt,
    ...searchable(name, spec?.job_id ?? '', paths),
  };
}

/** A row from a result; `spec` adds the sources that a job which ended early never came to. */
export function resultRow(
  reference: RowReference,
  result: JobResult,
  spec: JobSpecFacts | null,
): JobRow {
  const { folder, state, name, modifiedAt } = reference;
  const made = result.clips.flatMap((clip) => [clip.source_path, clip.resolved_output_path]);
  const unmade = (spec?.sources ?? []).slice(result.clips.length).flatMap((path) => [path, '']);
  return {
    folder,
    state,
    name,
    job_id: clipped(result.job_id, JOB_ID_LIMIT),
    final_status: result.final_status,
    execution_engine: result.execution_engine,
    failure_type: result.failure_type,
    failure_reason:
      result.failure_reason === null ? null : clipped(result.failure_reason, REASON_LIMIT),
    // A JobSpec that was refused counts no clips in its result.
    total_clips: Math.max(result.total_clips, spec?.sources.length ?? 0),
    completed_clips: result.completed_clips,
    output_size_bytes: result.clips.reduce((sum, clip) => sum + (clip.output_size_bytes ?? 0), 0),
    // What is written when an interrupted job is found again holds the time of that, not of the work.
    duration_seconds: result._recovery === undefined ? result.duration_seconds : null,
    worker_id: result._metadata.worker_id,
    clip: null,
    started_at: (result._recovery === undefined && result.started_at) || null,
    completed_at: result.completed_at || null,
    problem: misplaced(state, result.final_status),
    when: instant(result.completed_at) ?? modifiedAt,
    ...searchable(name, result.job_id, [...made, ...unmade]),
  };
}

/** Only somebody's hand brings a result into the folder of another verdict. */
function misplaced(state: JobState, status: FinalStatus): string | null {
  if (!ARCHIVES.some((archive) => archive === state) || state === archiveOf(status)) return null;
  return `Its result says ${status}, but it lies in ${state}/: somebody moved it by hand.`;
}

function searchable(name: string, jobId: string, paths: string[]) {
  const joined = paths.join(NAME_SEPARATOR);
  return { paths: joined, haystack: searchForm([name, jobId, joined].join(NAME_SEPARATOR)) };
}

/** Names compare without regard to case, and to how a file system composes accents. */
export function searchForm(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
