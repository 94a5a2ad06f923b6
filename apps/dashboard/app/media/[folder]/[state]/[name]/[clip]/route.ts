import { mediaResponse } from '@/lib/http/media-response.ts';
import { refused } from '@/lib/http/responses.ts';
import type { JobReference } from '@/lib/index/job-row.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { placeOf } from '@/lib/query/job-path.ts';
import { clipReferred } from '@/lib/query/clip-rows.ts';
import { mediaType, openMedia } from '@/lib/index/media-file.ts';

/** Proxy of a clip for the player. Its path comes from the index, never from the URL, and must be below a media root. */
export async function GET(
  request: Request,
  { params }: { params: Promise<JobReference & { clip: string }> },
): Promise<Response> {
  const { clip, ...reference } = await params;
  const index = watchIndex();
  const found = clipReferred(index, reference, placeOf(clip));
  const path = found?.status === 'COMPLETED' ? found.output_path : '';
  const type = mediaType(path);
  const proxy = type === null ? null : await openMedia(index.settings.mediaRoots, path);
  return proxy === null || type === null
    ? refused(404, ['No such proxy.'])
    : mediaResponse(request, proxy, type);
}

export const HEAD = GET;
