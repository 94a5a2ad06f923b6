import { ListView } from '@/components/jobs/list-view.tsx';
import { lastPageOf } from '@/components/jobs/pager.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { queryString } from '@/lib/query/job-query.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { selectClips } from '@/lib/query/select-clips.ts';
import { posters } from '@/lib/query/shown-pictures.ts';
import { CardList } from './card-list.tsx';
import { ClipRows } from './clip-rows.tsx';
import { ClipsHead } from './clips-head.tsx';

interface Props {
  index: WatchIndex;
  searchParams: PageParameters;
  /** As rows, or by what they show. */
  shown: 'list' | 'sheet';
}

/** The clips that an address asks for, one page of them. */
export async function ClipsView({ index, searchParams, shown }: Props) {
  const { query: asked, problems } = await pageQuery(index, searchParams);
  const { listed } = selectClips(index, { ...asked, page: 1, pageSize: 1 });
  const page = Math.min(asked.page, lastPageOf({ query: asked, total: listed }));
  const query = { ...asked, page };
  const view = selectClips(index, query);
  const pictures = await posters(index, view.rows);
  const addresses = {
    list: `/clips${queryString(query)}`,
    sheet: `/clips/sheet${queryString(query)}`,
  };
  const links = shown === 'sheet' || pictures.size > 0 ? { ...addresses, shown } : null;
  return (
    <ListView
      path={shown === 'list' ? '/clips' : '/clips/sheet'}
      index={index}
      query={query}
      total={listed}
      problems={problems}
      head={<ClipsHead index={index} query={query} view={view} links={links} />}
    >
      <CardList {...{ index, query, view }} />
      <ClipRows {...{ index, query, view, pictures, shown }} list={addresses.list} />
    </ListView>
  );
}
