import sql from 'sql-template-tag';
import type { ActiveJob } from '@app/jobspec/folder';
import { isAtWork, type FolderView } from '../jobs/folder-view.ts';
import { runnersClock } from '../jobs/seconds-running.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { instant } from '../text/instant.ts';
import { standsAs } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
import { HAS_TIME } from '../store/schema.ts';
import { jobNamed } from './job-rows.ts';
import { VersionedCache } from './versioned-cache.ts';

/** So many clips of a kind tell how long the next one takes, and fewer than the least tell nothing. */
const LATEST = 20;
const LEAST = 5;
/** The share of a clip that tells how long the rest of it takes: before, reading its source counts for too much. */
const LEAST_MADE = 0.05;

/** What the last clips of a kind took, each in the middle. */
interface Pace {
  /** Seconds for a clip. */
  clip: number;
  /** Seconds for a frame; `null` when frames were not counted. */
  frame: number | null;
}

const paces = new VersionedCache<Pace | null>(64);

/** `null` before {@link LEAST} clips of the kind came through. */
function paceOf(index: WatchIndex, kind: string | null): Pace | null {
  return paces.of(index.version, kind ?? '', () => {
    const made = index.ask<{ seconds: number; frames: number | null }>(
      sql`SELECT duration_seconds AS seconds, frames FROM clip WHERE kind IS ${kind} AND ${HAS_TIME}
        ORDER BY at DESC LIMIT ${LATEST}`,
    );
    if (made.length < LEAST) return null;
    const frames = made.flatMap(({ seconds, frames: of }) => (of ? [seconds / of] : []));
    const clip = medianOf(made.map(({ seconds }) => seconds));
    return { clip, frame: frames.length < LEAST ? null : medianOf(frames) };
  });
}

/** How long something still takes, in seconds; `null` when nothing tells. */
export interface Left {
  clip: number | null;
  job: number | null;
}

/** How long a runner still works on a job. @param kind of its proxies @param now by the clock of the runner */
export function leftOf(
  index: WatchIndex,
  active: ActiveJob,
  kind: string | null,
  now: number,
): Left {
  const { clip, total_clips, declared_frames, clip_started_at } = active;
  const pace = paceOf(index, kind);
  const own = ownLeft(active);
  if (pace === null || clip === null) return { clip: own, job: null };
  const whole =
    pace.frame !== null && declared_frames !== null ? pace.frame * declared_frames : pace.clip;
  const spent = Math.max(0, (now - (instant(clip_started_at) ?? now)) / 1000);
  // Of one that takes longer than the others nobody can tell how much longer.
  const left = own ?? (spent < whole ? whole - spent : null);
  const later = Math.max(0, (total_clips ?? clip) - clip) * pace.clip;
  return { clip: left, job: (left ?? 0) + later };
}

/** How long the frames that are to come take, if they take as long as those that are made; `null` while too few are to tell. */
function ownLeft({ phase, frames, declared_frames, clip_started_at, frames_at }: ActiveJob) {
  const made = (frames ?? 0) / (declared_frames ?? Infinity);
  const seconds = (Date.parse(frames_at ?? '') - Date.parse(clip_started_at ?? '')) / 1000;
  const isKnown = phase === 'making' && made >= LEAST_MADE && seconds > 0;
  return isKnown ? Math.max(0, seconds / made - seconds) : null;
}

/** How long the runner of a folder still works until all of its jobs are done, in seconds; `null` when nothing tells, or nobody works. */
export function queueLeft(index: WatchIndex, folder: FolderView, now: number): number | null {
  const { runner, name } = folder;
  const clock = runnersClock(runner, now);
  if (!isAtWork(runner) || folder.counts.pending + folder.counts.running === 0) return null;
  const kinds = index.ask<{ kind: string | null; waiting: number }>(
    sql`SELECT clip.kind, count(*) AS waiting FROM clip ${JOIN_JOB}
      WHERE ${standsAs('to_come')} AND place.folder = ${name} GROUP BY clip.kind`,
  );
  let work = 0;
  for (const { kind, waiting } of kinds) {
    const pace = paceOf(index, kind);
    if (pace === null) return null;
    work += waiting * pace.clip;
  }
  for (const { clip_started_at } of runner.active)
    work -= Math.max(0, (clock - (instant(clip_started_at) ?? clock)) / 1000);
  // Clips of one job are made one after the other, however many workers there are.
  const jobs = runner.active.map(
    (active) =>
      leftOf(index, active, jobNamed(index, name, 'running', active.name)?.kind ?? null, clock)
        .job ?? 0,
  );
  return Math.max(0, work / (runner.max_workers ?? 1), ...jobs);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
