import { json, refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { apiClip } from '@/lib/query/api-clip.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { selectClips } from '@/lib/query/select-clips.ts';

export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  const { sums, count, rows } = selectClips(index, query);
  const { page, pageSize } = query;
  const { indexing } = index;
  return json({ ...sums, cards: count, page, pageSize, indexing, clips: rows.map(apiClip) });
}
