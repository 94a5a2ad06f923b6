import { clipViewing, type ClipFacts, type ClipViewing } from '@app/jobspec/result';
import { compareNames } from '@app/jobspec/folder';
import { byProxy, isToCome, standingOf, type JobAttempt } from '@app/jobspec/ledger';
import { listedTimes } from '@app/engines';
import {
  attemptsOf,
  type ComingJob,
  type EndedJob,
  type KnownAttempt,
  type KnownJobs,
} from '../jobs/known-jobs.ts';

/** A proxy that was made and verified. */
export interface MadeClip extends ReturnType<typeof listedFacts> {
  job: string;
  jobId: string;
  source: string;
  proxy: string;
  /** When it was verified. */
  completedAt: string;
  /** In bytes, as it was verified. */
  bytes: number | null;
  /** As it was published. */
  xxh64: string | null;
  /** What was done to its picture; `null` for nothing. */
  viewing: ClipViewing | null;
}

/** A job, or one of its clips, that gave no proxy. */
export interface FailedClip {
  job: string;
  jobId: string;
  /** `null` when the job was refused and doesn't tell its sources, or when only the clips after it are left. */
  source: string | null;
  type: string;
  reason: string;
  completedAt: string;
  /** Other clips of the job that gave none, and that no other job has made. */
  notBegun: string[];
  /** The same of which nobody can tell the sources any more. */
  unnamed: number;
}

/** A proxy that a job which waits or runs is to make. */
export interface ComingClip {
  job: string;
  source: string;
  state: ComingJob['state'];
}

export interface CollectedClips {
  made: MadeClip[];
  failed: FailedClip[];
  coming: ComingClip[];
}

/** Sorts what jobs came to, as the ledger has it. A proxy that several jobs made under one name is one, as the latest has it. */
export function collectClips(known: Pick<KnownJobs, 'coming' | 'ended'>): CollectedClips {
  const { ended } = known;
  const standings = [...byProxy(attemptsOf(known)).values()].map((tries) => standingOf(tries));
  const made = standings.flatMap((standing) => standing.made).flatMap(madeClip);
  const missing = standings.flatMap((standing) => standing.missing ?? []);
  const byJob = new Map<KnownAttempt['job'], KnownAttempt[]>();
  for (const one of missing) byJob.set(one.job, [...(byJob.get(one.job) ?? []), one]);
  // A job that was completed leaves nothing of an earlier one of its id.
  const completed = new Map<string, number>();
  for (const [place, { result }] of ended.entries())
    if (result.final_status === 'COMPLETED') completed.set(result.job_id, place);
  return {
    made: made.sort((a, b) => compareNames(a.proxy, b.proxy)),
    failed: ended.flatMap((job, place) => {
      const own = (byJob.get(job) ?? []).sort(byIndex);
      const isRepeated = (completed.get(job.result.job_id) ?? 0) > place;
      return own.length > 0 || (leavesUnknown(job) && !isRepeated) ? failureOf(job, own) : [];
    }),
    coming: missing.filter(isToCome).map(({ job: { name: job }, source, state }) => {
      return { job, source, state: state === 'running' ? 'running' : 'waiting' };
    }),
  };
}

function madeClip({ job, clip, index }: KnownAttempt): MadeClip[] {
  if (clip === undefined || !('result' in job)) return [];
  const { name, result } = job;
  return [
    {
      job: name,
      jobId: result.job_id,
      source: clip.source_path,
      proxy: clip.resolved_output_path,
      completedAt: clip.completed_at,
      bytes: clip.output_size_bytes,
      xxh64: clip.output_xxh64,
      viewing: clipViewing(result._metadata.asked?.viewing, index),
      ...listedFacts(clip.facts),
    },
  ];
}

/** What lists say of a proxy. What its result doesn't tell is `null`. */
function listedFacts(facts: ClipFacts) {
  const { source, made: frames } = facts.frames;
  return {
    ...listedTimes(facts),
    frames,
    /** Of the first frame, as source and proxy have it. */
    timecode: facts.timecode,
    reel: facts.reel,
    /** `1920x1080`. */
    size: facts.size,
    fieldOrder: facts.field_order,
    /** Channels of all tracks of sound. */
    channels: facts.audio_channels?.reduce((sum, one) => sum + one, 0) ?? null,
    /** Of a frame of the source, upright: `1080x1920`. */
    sourceSize: facts.source_size ?? null,
    /** Of the sound of the source, in Hz. */
    sampleRate: facts.source_sample_rate ?? null,
    /** As ffprobe names it, such as `prores`. */
    videoCodec: facts.video_codec,
    /** Whether it has the frames of its source, one for one; `null` when that isn't told. */
    isFrameForFrame: source === null || frames === null ? null : source === frames,
  };
}

/** A job has one failure, however many clips are missing because of it. */
function failureOf(job: EndedJob, missing: readonly KnownAttempt[]): FailedClip {
  const { name, result } = job;
  // Where the job came to no clip, the first stands for all.
  const first = result.listed === 0 ? missing[0] : undefined;
  const blamed = missing.find(({ state }) => state !== 'not_begun') ?? first;
  return {
    job: name,
    jobId: result.job_id,
    source: blamed?.source ?? null,
    type: blamed?.clip?.failure_type ?? result.failure_type ?? '',
    reason: blamed?.clip?.failure_reason ?? result.failure_reason ?? '',
    completedAt: result.completed_at,
    notBegun: missing.filter((one) => one !== blamed).map(({ source }) => source),
    unnamed: unknownClips(job),
  };
}

/** Clips that nobody can name, because the JobSpec is gone. */
function unknownClips({ result, asked }: EndedJob): number {
  return asked === null ? Math.max(0, result.total_clips - result.listed) : 0;
}

/** A job that was refused before its sources were known leaves as much as anybody knows. */
function leavesUnknown(job: EndedJob): boolean {
  const { final_status: status, total_clips: total } = job.result;
  return unknownClips(job) > 0 || (status === 'PARTIAL' && total === 0);
}

function byIndex(a: JobAttempt, b: JobAttempt): number {
  return a.index - b.index;
}
