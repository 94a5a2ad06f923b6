import { json, refusedParameters } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { summaryOf } from '@/lib/query/counts.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Response {
  const refusal = refusedParameters(request);
  if (refusal !== null) return refusal;
  const index = watchIndex();
  return json({
    indexing: index.indexing,
    folders: index.folders.map((folder) => summaryOf(index, folder)),
  });
}
