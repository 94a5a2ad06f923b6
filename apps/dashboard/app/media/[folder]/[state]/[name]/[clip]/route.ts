import { mediaResponse } from '@/lib/http/media-response.ts';
import { refused } from '@/lib/http/responses.ts';
import type { JobReference } from '@/lib/jobs/job-row.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { placeOf } from '@/lib/query/job-path.ts';
import { openProxy } from '@/lib/query/open-proxy.ts';

/** The proxy of a clip, for a player in the browser: only below a root that was named for it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<JobReference & { clip: string }> },
): Promise<Response> {
  const { clip, ...reference } = await params;
  const proxy = await openProxy(watchIndex(), reference, placeOf(clip));
  return proxy === null
    ? refused(404, ['There is no such proxy to play.'])
    : mediaResponse(request, proxy, proxy.type);
}

export const HEAD = GET;
