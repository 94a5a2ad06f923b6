import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES } from '@app/jobspec/result';

import { wordsOf } from '../names/search-words.ts';
import { CLIP_STATES, jobsWithClip } from './clip-states.ts';
import type { Condition } from './condition.ts';
import { spanOfDay } from './days.ts';
import { choice, dayRule, textRule, type Rule } from './rules.ts';
import { searchCondition } from './search-condition.ts';

/** How a filter is shown: a field to type into, a list to choose from, or a day. */
type Field =
  | { kind: 'text' }
  | { kind: 'choice'; all: string; values: (folders: readonly string[]) => readonly string[] }
  | { kind: 'day' };

export interface Filter {
  label: string;
  /** For the OpenAPI description. */
  description: string;
  field: Field;
  /** In which list it is offered; elsewhere only where an address sets it. Left out: in both. */
  list?: 'jobs' | 'clips';
  /** How its value is read from an address. */
  rule: (folders: readonly string[]) => Rule;
  /** Which jobs it leaves in. @param place the column of the job's place */
  matches: (value: string, place: string) => Condition;
}

/** The filters of every view: forms, addresses, SQL and the API's description are made from this table, and a test goes through it. */
export const FILTERS = {
  q: {
    label: 'Clip, card, job or id',
    description:
      'Words in any order, parted by spaces, commas or slashes; each any part of the name or path of a source or a proxy, of its reel, of the name or id of a job, or of a folder; without regard to case. A number belongs to the word before it: `day 3`, `day3` and `day-3` find `day3` and `day03`, not `day30`; `C3` finds `C003`, `A001C3` finds `A001_C003`. One or two digits alone are found as a whole number, with or without zeros before it. A word of up to three characters is not looked for in ids of hex digits.',
    field: { kind: 'text' },
    rule: () => textRule,
    matches: (value) => searchCondition(wordsOf(value)),
  },
  state: {
    label: 'State',
    description: 'The folder the job lies in.',
    field: { kind: 'choice', all: 'All states', values: () => JOB_STATES },
    list: 'jobs',
    rule: () => choice(JOB_STATES),
    matches: (value, place) => ({
      sql: `${place} IN (SELECT id FROM place WHERE state = ?)`,
      values: [value],
    }),
  },
  clip_state: {
    label: 'State of the clip',
    description:
      'Where a clip stands by the latest attempt at it, now or, with `day`, at the end of that day: of clips those, of jobs those that have one now.',
    field: { kind: 'choice', all: 'All states', values: () => CLIP_STATES },
    list: 'clips',
    rule: () => choice(CLIP_STATES),
    matches: (value) => jobsWithClip(value),
  },
  folder: {
    label: 'Folder',
    description: 'Name of a watch folder.',
    field: { kind: 'choice', all: 'All folders', values: (folders) => folders },
    rule: (folders) => choice(folders),
    matches: (value, place) => ({
      sql: `${place} IN (SELECT id FROM place WHERE folder = ?)`,
      values: [value],
    }),
  },
  engine: {
    label: 'Engine',
    description: 'The engine that was used.',
    field: { kind: 'choice', all: 'All engines', values: () => ENGINES },
    rule: () => choice(ENGINES),
    matches: (value) => ({ sql: 'job.execution_engine = ?', values: [value] }),
  },
  failure_type: {
    label: 'Failure',
    description: 'Why the job failed.',
    field: { kind: 'choice', all: 'Any', values: () => FAILURE_TYPES },
    rule: () => choice(FAILURE_TYPES),
    matches: (value) => ({ sql: 'job.failure_type = ?', values: [value] }),
  },
  day: {
    label: 'Ended on',
    description: 'When it ended, in the time zone of the server.',
    field: { kind: 'day' },
    rule: () => dayRule,
    matches: (value) => {
      const { from, to } = spanOfDay(value);
      return { sql: 'job.ended BETWEEN ? AND ?', values: [from, to] };
    },
  },
} as const satisfies Record<string, Filter>;

export type FilterName = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[];

/** What is set of them. */
export type FilterValues = { [Name in FilterName]: string | null };
