import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import type { JobReference } from '@/lib/jobs/job-row.ts';
import { placeOf } from '@/lib/query/job-path.ts';
import { openPicture } from '@/lib/query/open-picture.ts';

/** An address with `v` names one content of the picture; without it, any. */
const KEPT = 'private, max-age=31536000, immutable';
const LOOKED_AT_AGAIN = 'private, no-cache';

/** A picture of a clip that the runner left below its watch folder. */
export async function GET(
  request: Request,
  { params }: { params: Promise<JobReference & { clip: string; picture: string }> },
): Promise<Response> {
  const { clip, picture, ...reference } = await params;
  const bytes = await openPicture(watchIndex(), reference, placeOf(clip), placeOf(picture));
  if (bytes === null) return refused(404, ['There is no such picture.']);
  const isVersioned = new URL(request.url).searchParams.has('v');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'image/jpeg',
      'Content-Disposition': 'inline',
      'Cache-Control': isVersioned ? KEPT : LOOKED_AT_AGAIN,
    },
  });
}
