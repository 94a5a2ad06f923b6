import type { Metadata } from 'next';
import { ClipGroups } from '@/components/clips/clip-groups.tsx';
import { ClipsHead } from '@/components/clips/clips-head.tsx';
import { NoClips } from '@/components/clips/no-clips.tsx';
import { ListView } from '@/components/jobs/list-view.tsx';
import { lastPageOf } from '@/components/jobs/pager.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { selectClips } from '@/lib/query/select-clips.ts';

interface Props {
  searchParams: PageParameters;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const index = watchIndex();
  const { query } = await pageQuery(index, searchParams);
  const { sums } = selectClips(index, { ...query, page: 1, pageSize: 1 });
  return { title: `${query.q === null ? '' : `${query.q.slice(0, 60)}: `}${clipsSentence(sums)}` };
}

export default async function ClipsPage({ searchParams }: Props) {
  const index = watchIndex();
  const { query: asked, problems } = await pageQuery(index, searchParams);
  const { listed } = selectClips(index, { ...asked, page: 1, pageSize: 1 });
  const page = Math.min(asked.page, lastPageOf({ query: asked, total: listed }));
  const query = { ...asked, page };
  const view = selectClips(index, query);
  return (
    <ListView
      path="/clips"
      index={index}
      query={query}
      total={listed}
      problems={problems}
      head={<ClipsHead query={query} view={view} />}
    >
      {view.rows.length === 0 ? <NoClips query={query} /> : <ClipGroups view={view} />}
    </ListView>
  );
}
