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
import { REASON_LIMIT, type JobRow } from '../index/job-row.ts';
import { NO_FACTS, type ClipStatus, type FoundClip } from '../index/clip-row.ts';
import { instant } from '../index/instant.ts';
import type { JobSpecFacts } from '../index/read-job.ts';

/** What the index keeps of a job, apart from where it lies. */
export type JobFacts = Omit<
  JobRow,
  'id' | 'folder' | 'state' | 'name' | 'hasJob' | 'hasResult' | 'clips_open'
> & {
  /** What failures have in common that one remedy helps. */
  cause: string | null;
};

/** What is known of a job without a readable result but for its JobSpec. */
const NO_RESULT = {
  job_id: null,
  final_status: null,
  execution_engine: null,
  failure_type: null,
  failure_reason: null,
  total_clips: null,
  completed_clips: null,
  output_size_bytes: null,
  duration_seconds: null,
  worker_id: null,
  started_at: null,
  completed_at: null,
  problem: null,
  kind: null,
} satisfies Partial<JobFacts>;
/** Columns of the index. */
export const JOB_FACTS = Object.keys(NO_RESULT) as (keyof typeof NO_RESULT)[];

/** A job as its files tell it. */
export interface FoundJob {
  facts: JobFacts;
  clips: FoundClip[];
}

const REASON_KEPT = 500;
const NAME_KEPT = 128;
const TIMECODE_KEPT = 32;
/** A proxy that plays for longer is none. */
const LONGEST_SECONDS = 1_000_000;
/** Twice what the contract allows. */
const JOB_ID_LIMIT = 256;

/** A job without a readable result: waiting, being worked on, or with a problem. */
export function undecidedJob(
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

/** A job from its result; `spec` adds the sources that a job which ended early never came to. */
export function decidedJob(
  state: JobState,
  modifiedAt: number,
  result: ReadHead,
  made: { clips: ToldClip[]; requested: RequestedProxy | null },
  spec: JobSpecFacts | null,
): FoundJob {
  const when = instant(result.completed_at) ?? modifiedAt;
  const reasons = refusalsOf(result, spec);
  const missing = (isContract(result) ? [] : sourcesOf(spec))
    .slice(result.listed)
    .map((source, at) => unmadeClip(source, 'NOT_MADE', when, reasons(at)));
  return {
    facts: {
      job_id: clipped(result.job_id, JOB_ID_LIMIT),
      final_status: result.final_status,
      execution_engine: result.execution_engine,
      failure_type: result.failure_type,
      failure_reason: shortened(result.failure_reason, REASON_LIMIT),
      // A JobSpec that was refused counts no clips in its result.
      total_clips: Math.max(result.total_clips, sourcesOf(spec).length),
      completed_clips: result.completed_clips,
      output_size_bytes: made.clips.reduce((sum, clip) => sum + (clip.output_size_bytes ?? 0), 0),
      // What is written when an interrupted job is found again holds the time of that, not of the work.
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

/** Each source may have a look of its own. */
function withKinds(clips: readonly ToldClip[], requested: RequestedProxy | null): FoundClip[] {
  return clips.map((clip, place) => ({ ...clip, kind: kindOf(requested, place) }));
}

/** Failures that one look explains have it in common. */
function causeOf({ cause, failure_type }: ReadHead): string {
  return cause === null ? (failure_type ?? 'unknown') : causeKeyOf(cause);
}

/** Nobody knows what a JobSpec asks for that was not understood: no proxy is missing for it. What was understood, its result tells. */
function isContract({ failure_type, requested }: ReadHead): boolean {
  const isRefused =
    failure_type === 'InvalidJsonError' || failure_type === 'JobSpecValidationError';
  return isRefused && requested === null;
}

function sourcesOf(spec: JobSpecFacts | null): string[] {
  return (spec?.sources ?? []).filter((source) => /^(?:[/\\]|[A-Za-z]:)/u.test(source));
}

/** Why each source of a refused job was: what is said of others is not its own. */
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

/** Only somebody's hand brings a result into the folder of another verdict. */
function misplaced(state: JobState, status: FinalStatus): string | null {
  if (!ARCHIVES.some((archive) => archive === state) || state === archiveOf(status)) return null;
  return `Its result says ${status}, but it is in ${state}/: it was moved by hand.`;
}

/** A clip without what its job says of it. */
export type ToldClip = Omit<FoundClip, 'kind'>;

/** A clip that a result tells of, as the index keeps it; `when` is 0 if it does not say when it ended. */
export function foundClip(clip: ReadClip): ToldClip {
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

/** A clip that only a JobSpec names. @param reason of the job that was refused because of it */
export function unmadeClip(
  source: string,
  status: ClipStatus,
  when: number,
  reason: { failure_type: FailureType | null; failure_reason: string | null } | null,
): ToldClip {
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
