import { FILTERS, FILTER_NAMES, type Filter } from '@/lib/query/filters.ts';
import { DEFAULT_QUERY, type JobQuery } from '@/lib/query/job-query.ts';
import { FilterForm, type FieldView } from './filter-form.tsx';

interface Props {
  /** Where the view is: `/jobs`. */
  path: string;
  query: JobQuery;
  folders: readonly string[];
  /** Failures that happened here: no other is offered. */
  failures: readonly string[];
}

/** The filters of a view, as they stand. What no form offers stays as it is. */
export function ViewFilters({ path, query, folders, failures }: Props) {
  const list = path.startsWith('/clips') ? 'clips' : 'jobs';
  const fields = FILTER_NAMES.flatMap((name): FieldView[] => {
    const { label = '', field, list: own }: Filter = FILTERS[name];
    const value = query[name] ?? '';
    if (field === undefined || (value === '' && own !== undefined && own !== list)) return [];
    if (field.kind === 'text') return [{ name, label, value }];
    if (name === 'folder' && folders.length === 1 && value === '') return [];
    const { all, labels = {} } = field;
    const offered = field
      .values(folders)
      .filter((one) => name !== 'failure_type' || failures.includes(one));
    const values = value === '' || offered.includes(value) ? offered : [value, ...offered];
    const options = values.map((one) => ({
      value: one,
      label: typeof labels === 'function' ? labels(one) : (labels[one] ?? one),
    }));
    return [{ name, label, value, options: [{ value: '', label: all }, ...options] }];
  });
  const shown = new Set<string>([...fields.map(({ name }) => name), 'page']);
  const kept = Object.entries(query).filter(
    ([key, value]) =>
      !shown.has(key) && value !== null && value !== DEFAULT_QUERY[key as keyof JobQuery],
  );
  return (
    <FilterForm
      path={path}
      fields={fields}
      kept={Object.fromEntries(kept.map(([key, value]) => [key, String(value)]))}
    />
  );
}
