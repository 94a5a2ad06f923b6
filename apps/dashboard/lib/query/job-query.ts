import { JOB_STATES, type JobState } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES, type EngineName, type FailureType } from '@app/jobspec/result';
import { SORT_KEYS, SORT_ORDERS, type SortKey, type SortOrder } from '../index/catalogue.ts';
import { NAME_SEPARATOR } from '../index/job-row.ts';

/** A view of the jobs: what a URL says, and all that it says. */
export interface JobQuery {
  folder: string | null;
  state: JobState | null;
  engine: EngineName | null;
  failure_type: FailureType | null;
  /** `YYYY-MM-DD` in the server's time zone. */
  day: string | null;
  q: string | null;
  sort: SortKey;
  order: SortOrder;
  /** From 1. */
  page: number;
  pageSize: number;
}

export const DEFAULT_QUERY: JobQuery = {
  folder: null,
  state: null,
  engine: null,
  failure_type: null,
  day: null,
  q: null,
  sort: 'completed_at',
  order: 'desc',
  page: 1,
  pageSize: 50,
};

export const PAGE_SIZE_LIMIT = 500;

export interface ParsedQuery {
  query: JobQuery;
  /** One sentence for each value that was not understood; its default is in `query`. */
  problems: string[];
}

export type Rule = { expected: string; read: (value: string) => unknown };

/** Understands the parameters of `/api/jobs`, of the pages and of the exports. */
export function parseJobQuery(
  parameters: URLSearchParams,
  folders: readonly string[],
): ParsedQuery {
  const { read, problems } = readParameters(parameters, rulesFor(folders));
  return { query: { ...DEFAULT_QUERY, ...read }, problems };
}

/** Reads parameters by the rules of those that there are; an empty value counts as absent. */
export function readParameters(parameters: URLSearchParams, rules: Readonly<Record<string, Rule>>) {
  const problems: string[] = [];
  const read: Record<string, unknown> = {};
  for (const key of new Set(parameters.keys())) {
    const values = parameters.getAll(key).filter((value) => value !== '');
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ') || 'none';
      problems.push(`Unknown parameter "${key}". Expected ${known}.`);
      continue;
    }
    const [value] = values;
    if (value === undefined) continue;
    const known = values.length > 1 ? null : rule.read(value);
    if (known === null)
      problems.push(`${key} is "${values.join('", "')}". Expected ${rule.expected}.`);
    else read[key] = known;
  }
  return { read, problems };
}

function rulesFor(folders: readonly string[]): Record<keyof JobQuery, Rule> {
  return {
    folder: choice(folders),
    state: choice(JOB_STATES),
    engine: choice(ENGINES),
    failure_type: choice(FAILURE_TYPES),
    day: { expected: 'a day as YYYY-MM-DD', read: day },
    q: {
      expected: 'one text without the character NUL',
      read: (value) => (value.includes(NAME_SEPARATOR) ? null : value),
    },
    sort: choice(SORT_KEYS),
    order: choice(SORT_ORDERS),
    page: wholeNumber(Number.MAX_SAFE_INTEGER, 'a whole number from 1'),
    pageSize: wholeNumber(PAGE_SIZE_LIMIT, `a whole number from 1 to ${PAGE_SIZE_LIMIT}`),
  };
}

export function choice(values: readonly string[]): Rule {
  return {
    expected: values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`,
    read: (value) => values.find((candidate) => candidate === value) ?? null,
  };
}

function wholeNumber(maximum: number, expected: string): Rule {
  return {
    expected,
    read: (value) =>
      /^[1-9]\d{0,15}$/u.test(value) && Number(value) <= maximum ? Number(value) : null,
  };
}

function day(value: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return exists ? value : null;
}

/** The query as it stands in a URL, without what is the default; begins with `?` unless it is empty. */
export function queryString(query: JobQuery): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== DEFAULT_QUERY[key as keyof JobQuery])
      parameters.set(key, String(value));
  return parameters.size === 0 ? '' : `?${parameters}`;
}
