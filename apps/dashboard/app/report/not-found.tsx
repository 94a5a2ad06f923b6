import { headers } from 'next/headers';
import { NoReport } from '@/components/report/no-report.tsx';
import { SEARCH_HEADER } from '@/lib/http/search-header.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { searchQuery } from '@/lib/query/requested-query.ts';

/** Says what was wrong with the address. */
export default async function NoSuchReport() {
  const search = (await headers()).get(SEARCH_HEADER) ?? '';
  return <NoReport problems={searchQuery(watchIndex(), search).problems} />;
}
