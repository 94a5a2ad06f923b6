import sql from 'sql-template-tag';
import { LEFT_OUT, LEFT_OUT_CAUSES, whoPlans } from '@app/jobspec/inventory';
import { FAILURES, type FailureType } from '@app/jobspec/result';
import { whoCan } from '../words/sentences.ts';
import { STATUS, type ClipRow, type ClipSums } from '../index/clip-row.ts';
import type { JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { clipsById } from './clip-rows.ts';
import { isCurrentIn, SUMS } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
import { CAUSE, IS_UNREADABLE } from './filters.ts';
import { jobsById } from './job-rows.ts';
import { VersionedCache } from './versioned-cache.ts';

/** Clips that need attention for one reason. */
export interface NeedOfClips extends ClipSums {
  cause: string;
  failure_type: FailureType | null;
  /** Role that can fix it; `null` if unknown. */
  who: string | null;
  /** Cards with the most of them. */
  cards: { path: string; clips: number }[];
  /** Number of distinct cards, including those not in `cards`. */
  cardCount: number;
  /** Short title of the cause. */
  title: string;
  /** Number of clips with a reason of their own. The others weren't started, and have the reason of their job. */
  own: number;
  /** Latest clip, preferably one with a reason of its own. */
  latest: ClipRow;
}

export interface Needs {
  ofClips: NeedOfClips[];
  /** Totals of clips and reasons. */
  clips: number;
  reasons: number;
  /** Unreadable jobs, latest first. */
  ofJobs: JobRow[];
  jobs: number;
}

interface ReasonCounts extends ClipSums {
  cause: string;
  failure_type: FailureType | null;
  cardCount: number;
  own: number;
  latest: number;
}

/** Prefix of titles of clips that were not planned. */
export const NOT_PLANNED = 'Not planned: ';
const CARDS_NAMED = 4;
const HAS_REASON = sql`(clip.status <> ${STATUS.NOT_MADE} OR clip.failure_type IS NOT NULL)`;
const remembered = new VersionedCache<Needs>(2);

/** Groups the clips that need attention by cause, most clips first, and adds unreadable jobs. At most `most` of each. */
export function needsOf(index: WatchIndex, most: number): Needs {
  return remembered.of(index.version, String(most), () => {
    const reasons = index.ask<ReasonCounts>(
      sql`SELECT ${CAUSE} AS cause, max(job.failure_type) AS failure_type, ${SUMS}, count(DISTINCT clip.card) AS cardCount, total(${HAS_REASON}) AS own, coalesce(max(CASE WHEN ${HAS_REASON} THEN clip.id END), max(clip.id)) AS latest
       FROM clip ${JOIN_JOB} WHERE ${isCurrentIn('open')} GROUP BY 1 ORDER BY total DESC, latest DESC`,
    );
    const first = reasons.slice(0, most);
    const latest = clipsById(
      index,
      first.map((reason) => reason.latest),
    );
    const ofClips = first.flatMap((reason, at) => {
      const { cause, failure_type } = reason;
      const clip = latest[at];
      const cards = cardsOfCause(index, cause);
      const [title, who] = titleOf(cause, failure_type);
      return clip === undefined ? [] : Object.assign(reason, { title, who, cards, latest: clip });
    });
    const clips = reasons.reduce((sum, reason) => sum + reason.total, 0);
    return { ofClips, clips, reasons: reasons.length, ...jobsWithoutClips(index, most) };
  });
}

/** Title of a cause, and the role that can fix it. */
function titleOf(cause: string, type: FailureType | null): [title: string, who: string | null] {
  const leftOut = LEFT_OUT_CAUSES.find((one) => one === cause);
  if (leftOut !== undefined) return [`${NOT_PLANNED}${LEFT_OUT[leftOut].title}`, whoPlans(leftOut)];
  return type === null ? ['Unknown', null] : [FAILURES[type].short, whoCan(type, cause)];
}

function cardsOfCause(index: WatchIndex, cause: string): NeedOfClips['cards'] {
  return index.ask(
    sql`SELECT (SELECT rtrim(path, '/') FROM dir WHERE id = clip.card) AS path, count(*) AS clips FROM clip ${JOIN_JOB}
      WHERE ${isCurrentIn('open')} AND ${CAUSE} = ${cause} GROUP BY clip.card ORDER BY clips DESC, clip.card DESC LIMIT ${CARDS_NAMED}`,
  );
}

function jobsWithoutClips(index: WatchIndex, most: number): Pick<Needs, 'ofJobs' | 'jobs'> {
  const ids = index
    .ask<{ id: number }>(sql`SELECT job.id FROM job WHERE ${IS_UNREADABLE} ORDER BY job.ended DESC`)
    .map(({ id }) => id);
  return { ofJobs: jobsById(index, ids.slice(0, most)), jobs: ids.length };
}
