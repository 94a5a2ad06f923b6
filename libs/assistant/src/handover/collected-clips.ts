import { clipViewing, type ClipFacts, type ClipViewing } from '@app/jobspec/result';
import { compareNames, grouped } from '@app/jobspec/folder';
import { byProxy, isUnfinished, proxyStatus, type JobAttempt } from '@app/jobspec/ledger';
import { listedTimes } from '@app/engines';
import {
  attemptsOf,
  type ComingJob,
  type EndedJob,
  type KnownAttempt,
  type KnownJobs,
} from '../jobs/known-jobs.ts';

/** Proxy that was made and verified. */
export interface MadeClip extends ReturnType<typeof listedFacts> {
  job: string;
  jobId: string;
  source: string;
  proxy: string;
  /** Time of its verification. */
  completedAt: string;
  /** Size when verified, in bytes. */
  bytes: number | null;
  /** Hash when published. */
  xxh64: string | null;
  /** Look burnt into the picture; `null` for none. */
  viewing: ClipViewing | null;
}

/** Failure of a job, with the clip that it is about if that is known. */
export interface FailedClip {
  job: string;
  jobId: string;
  /** `null` if the job was refused and its sources aren't known, or if only later clips are left. */
  source: string | null;
  type: string;
  reason: string;
  completedAt: string;
  /** Other clips of the job that neither it nor another job has made a proxy of. */
  notBegun: string[];
  /** Number of further such clips whose sources are no longer known. */
  unnamed: number;
}

/** Proxy that a waiting or running job will make. */
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

/** Sorts the outcomes of jobs by the ledger. Of several jobs that made the same proxy, the latest counts. */
export function collectClips(known: Pick<KnownJobs, 'coming' | 'ended'>): CollectedClips {
  const { ended } = known;
  const statuses = [...byProxy(attemptsOf(known)).values()].map((tries) => proxyStatus(tries));
  const made = statuses.flatMap((status) => status.made).flatMap(madeClip);
  const missing = statuses.flatMap((status) => status.missing ?? []);
  const byJob = grouped(missing, ({ job }) => job);
  // A completed job clears earlier failures of the same id.
  const completed = new Map<string, number>();
  for (const [place, { result }] of ended.entries())
    if (result.final_status === 'COMPLETED') completed.set(result.job_id, place);
  return {
    made: made.sort((a, b) => compareNames(a.proxy, b.proxy)),
    failed: ended.flatMap((job, place) => {
      const own = (byJob.get(job) ?? []).toSorted(byIndex);
      const isRepeated = (completed.get(job.result.job_id) ?? 0) > place;
      return own.length > 0 || (hasUnknownClips(job) && !isRepeated) ? failureOf(job, own) : [];
    }),
    coming: missing.filter(isUnfinished).map(({ job: { name: job }, source, state }) => {
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

/** Facts of a proxy for lists; `null` if its result doesn't record them. */
function listedFacts(facts: ClipFacts) {
  const { source, made: frames } = facts.frames;
  return {
    ...listedTimes(facts),
    frames,
    /** First frame's timecode, in both source and proxy. */
    timecode: facts.timecode,
    reel: facts.reel,
    /** `1920x1080`. */
    size: facts.size,
    fieldOrder: facts.field_order,
    /** Channels of all audio tracks. */
    channels: facts.audio_channels?.reduce((sum, one) => sum + one, 0) ?? null,
    /** Frame size of the source, upright: `1080x1920`. */
    sourceSize: facts.source_size ?? null,
    /** Sample rate of the source's audio, in Hz. */
    sampleRate: facts.source_sample_rate ?? null,
    /** Codec name of ffprobe, such as `prores`. */
    videoCodec: facts.video_codec,
    /** True if the proxy has every frame of its source; `null` if that isn't recorded. */
    isFrameForFrame: source === null || frames === null ? null : source === frames,
  };
}

/** A job has one failure, however many clips it affects. */
function failureOf(job: EndedJob, missing: readonly KnownAttempt[]): FailedClip {
  const { name, result } = job;
  // If the result lists no clip, the first stands for all.
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
    unnamed: unknownClipCount(job),
  };
}

/** Count of clips that can't be named because the JobSpec is gone. */
function unknownClipCount({ result, request }: EndedJob): number {
  return request === null ? Math.max(0, result.total_clips - result.listed) : 0;
}

/** A job refused before its sources were known leaves an unknown number of clips. */
function hasUnknownClips(job: EndedJob): boolean {
  const { final_status: status, total_clips: total } = job.result;
  return unknownClipCount(job) > 0 || (status === 'PARTIAL' && total === 0);
}

function byIndex(a: JobAttempt, b: JobAttempt): number {
  return a.index - b.index;
}
