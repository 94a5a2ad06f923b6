import sql, { type Sql } from 'sql-template-tag';
import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURES, FAILURE_TYPES } from '@app/jobspec/result';
import { STATE_LABELS } from '../words/state-words.ts';
import { STATUS } from '../index/clip-row.ts';
import { CLIPS_OF_JOB } from '../index/schema.ts';
import { CLIP_STATE_LABELS, CLIP_STATES, isCurrentIn } from './clip-states.ts';
import { spanOfDay, TIME_ZONE } from './days.ts';
import { choice, dayRule, textRule, type Rule } from './rules.ts';

/** Form field of a filter. */
type Field =
  | { kind: 'text' | 'date' }
  | {
      kind: 'choice';
      all: string;
      values: (folders: readonly string[]) => readonly string[];
      labels?: Readonly<Record<string, string>>;
    };

export interface Filter {
  label?: string;
  /** Omitted if the filter is only set by links. */
  field?: Field;
  /** List that offers it (default: both); the other one shows it only if the URL sets it. */
  list?: 'jobs' | 'clips';
  /** Parser of its value in a URL. */
  rule: (folders: readonly string[]) => Rule;
  /** SQL condition on the job, or on the job of any attempt at a clip. Omitted for filters that `conditions.ts` handles. */
  matches?: (value: string, place: Sql) => Sql;
}

const failureLabels = Object.fromEntries(FAILURE_TYPES.map((type) => [type, FAILURES[type].short]));

/** Job with missing clips that still need attention. */
const HAS_OPEN = sql`EXISTS (SELECT 1 FROM clip JOIN clip AS now ON now.id = clip.stands
    WHERE ${CLIPS_OF_JOB} AND clip.status < ${STATUS.RUNNING} AND now.status < ${STATUS.RUNNING})`;
/** Cause key of a job's failure. */
export const CAUSE = sql`coalesce(job.cause, 'unknown')`;
const IS_FAILED = sql`job.place IN (SELECT id FROM place WHERE state = 'failed')`;
/** Job superseded by a later completed one of the same name. */
const IS_FOLLOWED = sql`EXISTS (SELECT 1 FROM job AS later JOIN place ON place.id = later.place JOIN place AS own ON own.id = job.place
  WHERE later.base = job.base AND later.ended > job.ended AND place.folder = own.folder AND place.state = 'completed')`;
const HAS_UNMADE = sql`EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND clip.status < ${STATUS.RUNNING})`;
/** Job that needs attention although no missing clip is known: one of its files couldn't be read. */
export const IS_UNREADABLE = sql`((${IS_FAILED} OR (job.problem IS NOT NULL AND job.place IN (SELECT id FROM place WHERE state = 'completed')))
  AND NOT job.dismissed AND NOT ${HAS_UNMADE} AND NOT ${IS_FOLLOWED})`;
/** Job that needs attention: no other job makes its missing clips, or one of its files couldn't be read. */
const IS_OPEN = sql`((${IS_FAILED} AND ${HAS_OPEN}) OR ${IS_UNREADABLE})`;

/** All filters. Forms, URLs and SQL are built from this table. */
export const FILTERS = {
  q: {
    label: 'Search',
    field: { kind: 'text' },
    rule: () => textRule,
  },
  /** Root folder of a card. */
  card: {
    rule: () => textRule,
  },
  state: {
    label: 'State',
    field: { kind: 'choice', all: 'All', values: () => JOB_STATES, labels: STATE_LABELS },
    list: 'jobs',
    rule: () => choice(JOB_STATES),
    matches: (value, place) => sql`${place} IN (SELECT id FROM place WHERE state = ${value})`,
  },
  standing: {
    label: 'Follow-up',
    field: {
      kind: 'choice',
      all: 'All',
      values: () => ['open'],
      labels: { open: 'Needs attention' },
    },
    list: 'jobs',
    rule: () => choice(['open']),
    matches: () => IS_OPEN,
  },
  clip_state: {
    label: 'State',
    field: { kind: 'choice', all: 'All', values: () => CLIP_STATES, labels: CLIP_STATE_LABELS },
    list: 'clips',
    rule: () => choice(CLIP_STATES),
    matches: (value) =>
      sql`EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND ${isCurrentIn(value)})`,
  },
  failure_type: {
    label: 'Reason',
    field: { kind: 'choice', all: 'Any', values: () => FAILURE_TYPES, labels: failureLabels },
    rule: () => choice(FAILURE_TYPES),
    matches: (value) => sql`job.failure_type = ${value}`,
  },
  /** Cause key, as grouped on the overview; for clips, that of the current attempt. */
  cause: {
    rule: () => textRule,
    matches: (value) => sql`${CAUSE} = ${value}`,
  },
  folder: {
    label: 'Watch folder',
    field: { kind: 'choice', all: 'All', values: (folders) => folders },
    rule: (folders) => choice(folders),
    matches: (value, place) => sql`${place} IN (SELECT id FROM place WHERE folder = ${value})`,
  },
  engine: {
    rule: () => choice(ENGINES),
    matches: (value) => sql`job.execution_engine = ${value}`,
  },
  day: {
    label: `Day (${TIME_ZONE})`,
    field: { kind: 'date' },
    rule: () => dayRule,
    matches: (value) => {
      const { from, to } = spanOfDay(value);
      return sql`job.ended BETWEEN ${from} AND ${to}`;
    },
  },
} as const satisfies Record<string, Filter>;

export type FilterName = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[];

export type FilterValues = { [Name in FilterName]: string | null };
