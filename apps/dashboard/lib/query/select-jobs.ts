import type { Catalogue } from '../index/catalogue.ts';
import { searchForm, type JobRow } from '../index/job-row.ts';
import { spanOfDay } from './days.ts';
import type { JobQuery } from './job-query.ts';

export interface JobPage {
  total: number;
  rows: readonly JobRow[];
}

/** Views that are kept: a page that stays open, its next page and its export ask for the same one. */
const KEPT_VIEWS = 16;

interface KeptView {
  version: number;
  rows: readonly JobRow[];
}

const keptViews = new WeakMap<Catalogue, Map<string, KeptView>>();

/** All jobs of a view, in its order. */
export function selectJobs(catalogue: Catalogue, query: JobQuery): readonly JobRow[] {
  const views = keptViews.get(catalogue) ?? new Map<string, KeptView>();
  keptViews.set(catalogue, views);
  const key = JSON.stringify({ ...query, page: null, pageSize: null });
  const kept = views.get(key);
  if (kept?.version === catalogue.version) return kept.rows;
  const { version } = catalogue;
  const rows = select(catalogue, query);
  views.delete(key);
  views.set(key, { version, rows });
  const [oldest] = views.keys();
  if (views.size > KEPT_VIEWS && oldest !== undefined) views.delete(oldest);
  return rows;
}

function select(catalogue: Catalogue, query: JobQuery): readonly JobRow[] {
  const tests = testsOf(query);
  const rows = catalogue.ordered(query.sort, query.order);
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** One page of a view; empty past the last one. */
export function selectPage(catalogue: Catalogue, query: JobQuery): JobPage {
  const selected = selectJobs(catalogue, query);
  const start = (query.page - 1) * query.pageSize;
  return { total: selected.length, rows: selected.slice(start, start + query.pageSize) };
}

type Test = (row: JobRow) => boolean;

/** Cheap tests first: the search looks at few rows then. */
function testsOf({ folder, state, engine, failure_type, day, q }: JobQuery): Test[] {
  const tests: Test[] = [];
  if (folder !== null) tests.push((row) => row.folder === folder);
  if (state !== null) tests.push((row) => row.state === state);
  if (engine !== null) tests.push((row) => row.execution_engine === engine);
  if (failure_type !== null) tests.push((row) => row.failure_type === failure_type);
  if (day !== null) {
    const { from, to } = spanOfDay(day);
    tests.push((row) => row.when >= from && row.when <= to);
  }
  if (q !== null) {
    const wanted = searchForm(q);
    tests.push((row) => row.haystack.includes(wanted));
  }
  return tests;
}
