import { jsonOf, mapped } from '@/lib/http/json-export.ts';
import { refused, streamed } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { allClips } from '@/lib/query/all-clips.ts';
import { apiClip } from '@/lib/query/api-clip.ts';
import { requestedQuery } from '@/lib/query/requested-query.ts';
import { selectClips } from '@/lib/query/select-clips.ts';

/** All clips of a view, whatever its page. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const { query, problems } = requestedQuery(index, request);
  if (problems.length > 0) return refused(400, problems);
  const { sums, isCounted } = selectClips(index, { ...query, page: 1, pageSize: 1 });
  const parts = mapped(allClips(index, query), apiClip);
  return streamed(jsonOf({ ...sums, is_counted: isCounted }, 'clips', parts), {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': 'attachment; filename="clips.json"',
  });
}
