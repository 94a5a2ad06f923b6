import type { ReactNode } from 'react';
import { Notes } from '@/components/shell/notes.tsx';
import { A } from '@/components/text/a.tsx';
import { Empty } from '@/components/text/empty.tsx';
import { Sentence } from '@/components/text/words.tsx';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { failuresHere } from '@/lib/query/counts.ts';
import { FILTERS, FILTER_NAMES, type Filter } from '@/lib/query/filters.ts';
import {
  DEFAULT_QUERY,
  isFiltered,
  lastPageOf,
  queryString,
  type JobQuery,
} from '@/lib/query/job-query.ts';
import { FilterForm, type FieldView } from './filter-form.tsx';
import { Pager } from './pager.tsx';

interface Props {
  path: '/jobs' | '/clips';
  index: WatchIndex;
  query: JobQuery;
  /** Number of rows on all pages. */
  total: number;
  /** Sentences on invalid parameters. */
  problems: readonly string[];
  head: ReactNode;
  children: ReactNode;
}

/** Page of a list with its filters. An invalid URL shows its problems and no list. */
export function ListView({ path, index, query, total, problems, head, children }: Props) {
  const things = path.slice(1);
  const folders = index.folders.map(({ name }) => name);
  return (
    <div className="page">
      {problems.length === 0 ? head : <h1>This address isn’t valid.</h1>}
      <Notes index={index} folder={query.folder} />
      <ViewFilters path={path} query={query} folders={folders} failures={failuresHere(index)} />
      {problems.length > 0 ? (
        <Empty title="Part of it can’t be used.">
          {problems.map((problem) => (
            <p key={problem}>
              <Sentence value={problem} limit={600} />
            </p>
          ))}
          <p>
            <A href={path}>Show all {things}</A>
          </p>
        </Empty>
      ) : total === 0 ? (
        <Nothing {...{ index, query, path }} />
      ) : (
        <>
          {children}
          <Pager
            label="Pages of the list"
            page={query.page}
            last={lastPageOf(query, total)}
            href={(page) => `${path}${queryString({ ...query, page })}`}
          />
        </>
      )}
    </div>
  );
}

/** Hint for an empty list. */
function Nothing({ index, query, path }: Pick<Props, 'index' | 'query' | 'path'>) {
  const things = path.slice(1);
  if (index.indexing !== null)
    return (
      <Empty title={'Nothing indexed matches yet.'}>
        <p>This page updates itself.</p>
      </Empty>
    );
  if (!isFiltered(query))
    return (
      <Empty title={`No ${things} yet.`}>
        <p>Plan a card, or drop a JobSpec into pending/.</p>
      </Empty>
    );
  return (
    <Empty title="No matches.">
      <p>
        {query.q === null
          ? 'Remove a filter, or '
          : 'Every word has to appear in the clip, proxy or job name. Try fewer words, or '}
        <A href={path}>show all {things}</A>.
      </p>
    </Empty>
  );
}

interface FilterProps {
  path: string;
  query: JobQuery;
  folders: readonly string[];
  /** Failure types in the index, offered as options. */
  failures: readonly string[];
}

/** Filters of a list. Parameters without a field are kept. */
function ViewFilters({ path, query, folders, failures }: FilterProps) {
  const list = path.slice(1);
  const fields = FILTER_NAMES.flatMap((name): FieldView[] => {
    const { label = '', field, list: own }: Filter = FILTERS[name];
    const value = query[name] ?? '';
    if (field === undefined || (value === '' && own !== undefined && own !== list)) return [];
    const { kind } = field;
    if (kind !== 'choice') return [{ name, label, value, kind }];
    if (name === 'folder' && folders.length === 1 && value === '') return [];
    const { all, labels = {} } = field;
    const offered = field
      .values(folders)
      .filter((one) => name !== 'failure_type' || failures.includes(one));
    const values = value === '' || offered.includes(value) ? offered : [value, ...offered];
    const options = values.map((one) => ({
      value: one,
      label: labels[one] ?? one,
    }));
    return [{ name, label, value, kind, options: [{ value: '', label: all }, ...options] }];
  });
  const handled = new Set<string>([...fields.map(({ name }) => name), 'page']);
  const kept = Object.entries(query).filter(
    ([key, value]) =>
      !handled.has(key) && value !== null && value !== DEFAULT_QUERY[key as keyof JobQuery],
  );
  return (
    <FilterForm
      path={path}
      fields={fields}
      kept={Object.fromEntries(kept.map(([key, value]) => [key, String(value)]))}
    />
  );
}
