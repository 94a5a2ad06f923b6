import type { Metadata } from 'next';
import { cardName } from '@app/assistant/card';
import { ClipsView } from '@/components/clips/clips-view.tsx';
import { soFar } from '@/lib/words/sentences.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { pageQuery, type PageParameters } from '@/lib/query/job-query.ts';
import { cardsOf, onlyCard, viewSentence } from '@/lib/query/select-clips.ts';

interface Props {
  searchParams: PageParameters;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const index = watchIndex();
  const { query, problems } = await pageQuery(index, searchParams);
  if (problems.length > 0) return { title: 'Clips' };
  const cards = cardsOf(index, query);
  const card = onlyCard(index, cards);
  const of = card === null ? query.q : `${card.begins} ${cardName(card.path)}`;
  const sentence = soFar(index, viewSentence(index, cards));
  return { title: `${of === null ? '' : `${of.slice(0, 60)} · `}${sentence}` };
}

export default function ClipsPage({ searchParams }: Props) {
  return <ClipsView index={watchIndex()} searchParams={searchParams} />;
}
