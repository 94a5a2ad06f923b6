import sql from 'sql-template-tag';
import { LEFT_OUT, LEFT_OUT_CAUSES, whoPlans } from '@app/jobspec/inventory';
import { FAILURES, type FailureType } from '@app/jobspec/result';
import { whoCan } from '../words/sentences.ts';
import { STATUS, type ClipRow, type ClipSums } from '../index/clip-row.ts';
import type { JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { clipsById } from './clip-rows.ts';
import { standsAs, SUMS } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
import { CAUSE, IS_UNREADABLE } from './filters.ts';
import { jobsById } from './job-rows.ts';
import { VersionedCache } from './versioned-cache.ts';

/** Clips that somebody is needed for, for one reason. */
export interface NeedOfClips extends ClipSums {
  cause: string;
  failure_type: FailureType | null;
  /** Who can do something about it; `null` when nobody knows. */
  who: string | null;
  /** The cards with most of them. */
  cards: { path: string; clips: number }[];
  /** How many cards there are. */
  cardCount: number;
  /** What happened, in a few words. */
  title: string;
  /** How many have a reason of their own; the others were not reached because of it. */
  own: number;
  /** The latest of them, rather one with a reason of its own than one that was not reached. */
  latest: ClipRow;
}

export interface Needs {
  ofClips: NeedOfClips[];
  /** How many clips and reasons there are in all. */
  clips: number;
  reasons: number;
  /** Failed jobs of which no clip is known, the latest first. */
  ofJobs: JobRow[];
  jobs: number;
}

interface Counted extends ClipSums {
  cause: string;
  failure_type: FailureType | null;
  cardCount: number;
  own: number;
  latest: number;
}

/** How titles of clips begin that no job makes. */
export const NOT_PLANNED = 'Not planned: ';
const CARDS_NAMED = 4;
const HAS_REASON = sql`(clip.status <> ${STATUS.NOT_MADE} OR clip.failure_type IS NOT NULL)`;
const remembered = new VersionedCache<Needs>(2);

/** What needs somebody: reasons by how many clips they hold up, and job files that nobody could read. @param most of each that are given */
export function needsOf(index: WatchIndex, most: number): Needs {
  return remembered.of(index.version, String(most), () => {
    const reasons = index.ask<Counted>(
      sql`SELECT ${CAUSE} AS cause, max(job.failure_type) AS failure_type, ${SUMS}, count(DISTINCT clip.card) AS cardCount, total(${HAS_REASON}) AS own, coalesce(max(CASE WHEN ${HAS_REASON} THEN clip.id END), max(clip.id)) AS latest
       FROM clip ${JOIN_JOB} WHERE ${standsAs('open')} GROUP BY 1 ORDER BY total DESC, latest DESC`,
    );
    const shown = reasons.slice(0, most);
    const latest = clipsById(
      index,
      shown.map((reason) => reason.latest),
    );
    const ofClips = shown.flatMap((reason, at) => {
      const { cause, failure_type } = reason;
      const clip = latest[at];
      const cards = cardsOfCause(index, cause);
      const [title, who] = toldOf(cause, failure_type);
      return clip === undefined ? [] : Object.assign(reason, { title, who, cards, latest: clip });
    });
    const clips = reasons.reduce((sum, reason) => sum + reason.total, 0);
    return { ofClips, clips, reasons: reasons.length, ...jobsWithoutClips(index, most) };
  });
}

/** What happened, and who can do something about it. */
function toldOf(cause: string, type: FailureType | null): [title: string, who: string | null] {
  const leftOut = LEFT_OUT_CAUSES.find((one) => one === cause);
  if (leftOut !== undefined) return [`${NOT_PLANNED}${LEFT_OUT[leftOut].title}`, whoPlans(leftOut)];
  return type === null ? ['Unknown', null] : [FAILURES[type].short, whoCan(type, cause)];
}

function cardsOfCause(index: WatchIndex, cause: string): NeedOfClips['cards'] {
  return index.ask(
    sql`SELECT (SELECT rtrim(path, '/') FROM dir WHERE id = clip.card) AS path, count(*) AS clips FROM clip ${JOIN_JOB}
      WHERE ${standsAs('open')} AND ${CAUSE} = ${cause} GROUP BY clip.card ORDER BY clips DESC, clip.card DESC LIMIT ${CARDS_NAMED}`,
  );
}

function jobsWithoutClips(index: WatchIndex, most: number): Pick<Needs, 'ofJobs' | 'jobs'> {
  const ids = index
    .ask<{ id: number }>(sql`SELECT job.id FROM job WHERE ${IS_UNREADABLE} ORDER BY job.ended DESC`)
    .map(({ id }) => id);
  return { ofJobs: jobsById(index, ids.slice(0, most)), jobs: ids.length };
}
