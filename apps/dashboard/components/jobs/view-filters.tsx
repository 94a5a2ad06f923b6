import { FILTERS, FILTER_NAMES, type Filter } from '@/lib/query/filters.ts';
import { DEFAULT_QUERY, type JobQuery } from '@/lib/query/job-query.ts';
import { FilterForm, type FieldView } from './filter-form.tsx';

const KEPT = ['sort', 'order', 'pageSize'] as const;

interface Props {
  /** Where the view is: `/jobs`. */
  path: string;
  query: JobQuery;
  folders: readonly string[];
}

/** The filters of a view, as they stand. */
export function ViewFilters({ path, query, folders }: Props) {
  const list = path.startsWith('/clips') ? 'clips' : 'jobs';
  const names = FILTER_NAMES.filter((name) => {
    const filter: Filter = FILTERS[name];
    return query[name] !== null || filter.list === undefined || filter.list === list;
  });
  const fields = names.map((name): FieldView => {
    const { label, field }: Filter = FILTERS[name];
    const view = { name, label, value: query[name] ?? '' };
    return field.kind === 'choice'
      ? Object.assign(view, { kind: field.kind, all: field.all, values: field.values(folders) })
      : Object.assign(view, { kind: field.kind });
  });
  const kept = Object.fromEntries(
    KEPT.filter((key) => query[key] !== DEFAULT_QUERY[key]).map((key) => [key, String(query[key])]),
  );
  return <FilterForm path={path} fields={fields} kept={kept} />;
}
