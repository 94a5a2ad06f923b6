import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES } from '@app/jobspec/result';

import { DEFAULT_QUERY, type JobQuery } from '@/lib/query/job-query.ts';
import { JobFilters, type Choice } from './job-filters.tsx';

const FILTERS = ['q', 'folder', 'state', 'engine', 'failure_type', 'day'] as const;
const KEPT = ['sort', 'order', 'pageSize'] as const;

/** The filters of a view, as they stand. */
export function ViewFilters({ query, folders }: { query: JobQuery; folders: readonly string[] }) {
  const choices: Choice[] = [
    { name: 'state', label: 'State', all: 'All states', values: JOB_STATES },
    { name: 'folder', label: 'Folder', all: 'All folders', values: folders },
    { name: 'engine', label: 'Engine', all: 'Both engines', values: ENGINES },
    { name: 'failure_type', label: 'Failure', all: 'Any', values: FAILURE_TYPES },
  ];
  const current = Object.fromEntries(FILTERS.map((key) => [key, query[key] ?? '']));
  const kept = Object.fromEntries(
    KEPT.filter((key) => query[key] !== DEFAULT_QUERY[key]).map((key) => [key, String(query[key])]),
  );
  return <JobFilters choices={choices} current={current} kept={kept} />;
}

export function isFiltered(query: JobQuery): boolean {
  return FILTERS.some((key) => query[key] !== null);
}
