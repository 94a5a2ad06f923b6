import { atomFeed } from '@/lib/http/atom.ts';
import { publicBase } from '@/lib/http/public-base.ts';
import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { feedRows } from '@/lib/query/feed-rows.ts';

export function GET(request: Request): Response {
  const index = watchIndex();
  const { search, searchParams } = new URL(request.url);
  const { rows, problems } = feedRows(index, searchParams);
  if (problems.length > 0) return refused(400, problems);
  const base = publicBase(index.settings, request.headers);
  const body = atomFeed(rows, base, `/feed.xml${search}`);
  return new Response(body, {
    headers: {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': 'private, no-cache',
    },
  });
}
