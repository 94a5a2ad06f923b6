import type { WatchIndex } from '../index/watch-index.ts';
import { FILTERS, FILTER_NAMES, type FilterValues } from './filters.ts';
import { choice, readParameters, wholeNumber, type Rule } from './rules.ts';

export const SORT_KEYS = ['completed_at', 'name', 'duration_seconds', 'output_size_bytes'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Query of a list, fully described by its URL. */
export interface JobQuery extends FilterValues {
  sort: SortKey;
  order: 'asc' | 'desc';
  /** From 1. */
  page: number;
  pageSize: number;
}

const PAGE_SIZE_LIMIT = 500;

export const DEFAULT_QUERY: JobQuery = {
  ...(Object.fromEntries(FILTER_NAMES.map((name) => [name, null])) as FilterValues),
  sort: 'completed_at',
  order: 'desc',
  page: 1,
  pageSize: 50,
};

export interface ParsedQuery {
  query: JobQuery;
  /** One sentence for each invalid value, which has its default in `query`. */
  problems: string[];
}

/** Parses the parameters of lists, their API and their exports. */
export function parseJobQuery(index: WatchIndex, parameters: URLSearchParams): ParsedQuery {
  const folders = index.folders.map(({ name }) => name);
  const filters = FILTER_NAMES.map((name) => [name, FILTERS[name].rule(folders)]);
  const { read, problems } = readParameters(parameters, {
    ...(Object.fromEntries(filters) as Record<keyof FilterValues, Rule>),
    sort: choice(SORT_KEYS),
    order: choice(['asc', 'desc']),
    page: wholeNumber(Number.MAX_SAFE_INTEGER, 'a whole number from 1'),
    pageSize: wholeNumber(PAGE_SIZE_LIMIT, `a whole number from 1 to ${PAGE_SIZE_LIMIT}`),
  });
  return { query: { ...DEFAULT_QUERY, ...read }, problems };
}

export type PageParameters = Promise<Record<string, string | string[] | undefined>>;

/** Query in a page's URL. */
export async function pageQuery(
  index: WatchIndex,
  parameters: PageParameters,
): Promise<ParsedQuery> {
  const pairs = Object.entries(await parameters).flatMap(([key, value]) =>
    [value ?? []].flat().map((single): [string, string] => [key, single]),
  );
  return parseJobQuery(index, new URLSearchParams(pairs));
}

/** Query string without default values; begins with `?` unless it is empty. */
export function queryString(query: Partial<JobQuery>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== DEFAULT_QUERY[key as keyof JobQuery])
      parameters.set(key, String(value));
  return parameters.size === 0 ? '' : `?${parameters}`;
}

export function lastPageOf({ pageSize }: JobQuery, total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

export function isFiltered(query: JobQuery): boolean {
  return FILTER_NAMES.some((name) => query[name] !== null);
}
