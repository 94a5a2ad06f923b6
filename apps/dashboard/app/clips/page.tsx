import type { Metadata } from 'next';
import { ClipsView } from '@/components/clips/clips-view.tsx';
import { viewSentence } from '@/lib/format/clip-sentences.ts';
import { soFar } from '@/lib/format/so-far.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { selectClips } from '@/lib/query/select-clips.ts';

interface Props {
  searchParams: PageParameters;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const index = watchIndex();
  const { query } = await pageQuery(index, searchParams);
  const view = selectClips(index, { ...query, page: 1, pageSize: 1 });
  return {
    title: `${query.q === null ? '' : `${query.q.slice(0, 60)}: `}${soFar(index, viewSentence(view, query.clip_state))}`,
  };
}

export default function ClipsPage({ searchParams }: Props) {
  return <ClipsView index={watchIndex()} searchParams={searchParams} shown="list" />;
}
