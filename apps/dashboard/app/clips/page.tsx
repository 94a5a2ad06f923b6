import type { Metadata } from 'next';
import { cardName } from '@app/engines/card';
import { ClipsView } from '@/components/clips/clips-view.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import { soFar } from '@/lib/format/sentences.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';
import { cardsOf } from '@/lib/query/select-clips.ts';

interface Props {
  searchParams: PageParameters;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const index = watchIndex();
  const { query } = await pageQuery(index, searchParams);
  const of = query.card === null ? query.q : `Card ${cardName(query.card)}`;
  const sentence = soFar(index, clipsSentence(cardsOf(index, query).sums));
  return { title: `${of === null ? '' : `${of.slice(0, 60)}: `}${sentence}` };
}

export default function ClipsPage({ searchParams }: Props) {
  return <ClipsView index={watchIndex()} searchParams={searchParams} shown="list" />;
}
