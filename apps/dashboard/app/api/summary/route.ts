import { json, refusedParameters } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { summaryOf } from '@/lib/query/summary.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Response {
  return refusedParameters(request) ?? json({ folders: watchIndex().folders.map(summaryOf) });
}
