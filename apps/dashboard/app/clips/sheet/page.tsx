import { ClipsView } from '@/components/clips/clips-view.tsx';
import { watchIndex } from '@/lib/live/watch-index.ts';
import type { PageParameters } from '@/lib/query/requested-query.ts';

export { generateMetadata } from '../page.tsx';

/** What the clips of a view show. */
export default function SheetPage({ searchParams }: { searchParams: PageParameters }) {
  return <ClipsView index={watchIndex()} searchParams={searchParams} shown="sheet" />;
}
