import { csvOf, mapped } from '@/lib/http/csv.ts';
import { refused, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { API_CLIP, apiClip } from '@/lib/query/api-clip.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { clipsInParts } from '@/lib/query/select-clips.ts';

/** All clips of a view, whatever its page. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  return streamed(
    csvOf(Object.keys(API_CLIP.properties), mapped(clipsInParts(index, query), apiClip)),
    {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="clips.csv"',
    },
  );
}
