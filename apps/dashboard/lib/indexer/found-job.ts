import { ARCHIVES, archiveOf, type JobState } from '@app/jobspec/folder';
import { kindOf } from '@app/jobspec/ledger';
import {
  causeKeyOf,
  type FailureType,
  type FinalStatus,
  type ReadClip,
  type ReadHead,
  type RequestedProxy,
} from '@app/jobspec/result';
import { fileNameOf } from '../index/paths.ts';
import { clipped } from '../index/visible-text.ts';
import { NO_RESULT, REASON_LIMIT, type JobFacts } from '../index/job-row.ts';
import { NO_FACTS, type ClipStatus, type FoundClip } from '../index/clip-row.ts';
import { instant } from '../index/instant.ts';
import type { JobSpecFacts } from '../index/read-job.ts';

/** Job as read from its files. */
export interface FoundJob {
  facts: JobFacts;
  clips: FoundClip[];
}

const REASON_KEPT = 500;
const NAME_KEPT = 128;
const TIMECODE_KEPT = 32;
/** Longest plausible duration of a proxy. */
const LONGEST_SECONDS = 1_000_000;
/** Twice the limit of the JobSpec. */
const JOB_ID_LIMIT = 256;

/** Job without a readable result: queued, running or with a problem. */
export function jobWithoutResult(
  state: JobState,
  modifiedAt: number,
  spec: JobSpecFacts | null,
  problem: string | null,
): FoundJob {
  const status = state === 'pending' || state === 'running' ? 'WAITING' : 'UNKNOWN';
  const reason = status === 'UNKNOWN' ? { failure_type: null, failure_reason: problem } : null;
  const clips = sourcesOf(spec).map((source) => unmadeClip(source, status, modifiedAt, reason));
  return {
    facts: {
      ...NO_RESULT,
      job_id: shortened(spec?.job_id ?? null, JOB_ID_LIMIT),
      total_clips: spec === null ? null : spec.sources.length,
      problem,
      kind: kindOf(spec?.requested ?? null),
      cause: problem === null ? null : 'unknown',
      when: modifiedAt,
    },
    clips: withKinds(clips, spec?.requested ?? null),
  };
}

/** Job from its result. @param spec adds the sources that a job which ended early didn't reach */
export function jobWithResult(
  state: JobState,
  modifiedAt: number,
  result: ReadHead,
  made: { clips: ParsedClip[]; requested: RequestedProxy | null },
  spec: JobSpecFacts | null,
): FoundJob {
  const when = instant(result.completed_at) ?? modifiedAt;
  const reasons = refusalsOf(result, spec);
  const missing = (isNotUnderstood(result) ? [] : sourcesOf(spec))
    .slice(result.listed)
    .map((source, at) => unmadeClip(source, 'NOT_MADE', when, reasons(at)));
  return {
    facts: {
      job_id: clipped(result.job_id, JOB_ID_LIMIT),
      final_status: result.final_status,
      execution_engine: result.execution_engine,
      failure_type: result.failure_type,
      failure_reason: shortened(result.failure_reason, REASON_LIMIT),
      // The result of a rejected JobSpec counts no clips.
      total_clips: Math.max(result.total_clips, sourcesOf(spec).length),
      completed_clips: result.completed_clips,
      output_size_bytes: made.clips.reduce((sum, clip) => sum + (clip.output_size_bytes ?? 0), 0),
      // The result of an interrupted job has the times of its recovery, not of the work.
      duration_seconds: result._recovery === undefined ? result.duration_seconds : null,
      worker_id: result._metadata.worker_id,
      started_at: (result._recovery === undefined && result.started_at) || null,
      completed_at: result.completed_at || null,
      problem: misplaced(state, result.final_status),
      kind: kindOf(made.requested),
      cause: result.final_status === 'COMPLETED' ? null : causeOf(result),
      when,
    },
    clips: withKinds(
      [...made.clips.map((clip) => (clip.when === 0 ? { ...clip, when } : clip)), ...missing],
      made.requested,
    ),
  };
}

/** Adds the format of each proxy; each source may have a look of its own. */
function withKinds(clips: readonly ParsedClip[], requested: RequestedProxy | null): FoundClip[] {
  return clips.map((clip, place) => ({ ...clip, kind: kindOf(requested, place) }));
}

/** Cause key of a failed job. */
function causeOf({ cause, failure_type }: ReadHead): string {
  return cause === null ? (failure_type ?? 'unknown') : causeKeyOf(cause);
}

/** True if a JobSpec was rejected before its request was understood: it isn't known which proxies are missing. */
function isNotUnderstood({ failure_type, requested }: ReadHead): boolean {
  const isRefused =
    failure_type === 'InvalidJsonError' || failure_type === 'JobSpecValidationError';
  return isRefused && requested === null;
}

function sourcesOf(spec: JobSpecFacts | null): string[] {
  return (spec?.sources ?? []).filter((source) => /^(?:[/\\]|[A-Za-z]:)/u.test(source));
}

/** @returns function that gives the reason for a source of a rejected job: its own violation, the source to blame, or the job's reason */
function refusalsOf(result: ReadHead, spec: JobSpecFacts | null) {
  if (result.final_status !== 'PARTIAL') return () => null;
  const { failure_type } = result;
  const own = new Map(result.violations.map(({ path, message }) => [path, message]));
  const blamed = [...own.keys()].flatMap((path) => /^sources\[(\d+)\]/u.exec(path)?.[1] ?? []);
  const other = fileNameOf(spec?.sources[Number(blamed[0])] ?? '') || 'another clip';
  return (at: number) => {
    if (blamed.length === 0) return result;
    const failure_reason = own.get(`sources[${at}]`);
    return failure_reason === undefined
      ? {
          failure_type: null,
          failure_reason: `Held back: its job was rejected because of ${other}.`,
        }
      : { failure_type, failure_reason };
  };
}

/** @returns sentence if a result is in the wrong archive, which only a manual move can cause */
function misplaced(state: JobState, status: FinalStatus): string | null {
  if (!ARCHIVES.some((archive) => archive === state) || state === archiveOf(status)) return null;
  return `Its result says ${status}, but it is in ${state}/: it was moved by hand.`;
}

/** Clip without the format, which its job specifies. */
export type ParsedClip = Omit<FoundClip, 'kind'>;

/** Clip from a result; `when` is 0 if its end isn't recorded. */
export function foundClip(clip: ReadClip): ParsedClip {
  const { verification, facts } = clip;
  return {
    source_path: clip.source_path,
    output_path: clip.resolved_output_path,
    status: clip.status,
    when: instant(clip.completed_at) ?? 0,
    failure_type: clip.failure_type,
    failure_reason: shortened(clip.failure_reason, REASON_KEPT),
    output_size_bytes: clip.output_size_bytes,
    duration_seconds: clip.duration_seconds,
    checks_passed: verification.filter(({ passed }) => passed).length,
    checks_total: verification.length,
    warnings: clip.warnings.length,
    timecode: shortened(facts.timecode, TIMECODE_KEPT),
    media_seconds:
      (facts.duration_seconds ?? Infinity) < LONGEST_SECONDS ? facts.duration_seconds : null,
    frames: facts.frames.made,
    output_xxh64: clip.output_xxh64,
    pictures: clip.pictures,
    reel: shortened(facts.reel, NAME_KEPT),
  };
}

/** Clip known only from a JobSpec or the inventory. @param reason why it has no proxy */
export function unmadeClip(
  source: string,
  status: ClipStatus,
  when: number,
  reason: { failure_type: FailureType | null; failure_reason: string | null } | null,
): ParsedClip {
  return {
    ...NO_FACTS,
    source_path: source,
    output_path: '',
    status,
    when,
    failure_type: reason?.failure_type ?? null,
    failure_reason: shortened(reason?.failure_reason ?? null, REASON_KEPT),
  };
}

function shortened(text: string | null, most: number): string | null {
  return text === null ? null : clipped(text, most);
}
