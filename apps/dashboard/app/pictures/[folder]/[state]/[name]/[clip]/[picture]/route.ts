import { refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import type { JobReference } from '@/lib/index/job-row.ts';
import { placeOf } from '@/lib/query/job-path.ts';
import { clipReferred } from '@/lib/query/clip-rows.ts';
import { readPicture } from '@/lib/index/picture-file.ts';

/** Cache headers: a URL with `v` identifies the content. */
const IMMUTABLE = 'private, max-age=31536000, immutable';
const REVALIDATED = 'private, no-cache';

/** Thumbnail of a clip. Its path comes from the index, never from the URL. */
export async function GET(
  request: Request,
  { params }: { params: Promise<JobReference & { clip: string; picture: string }> },
): Promise<Response> {
  const { clip, picture, ...reference } = await params;
  const index = watchIndex();
  const folder = index.folder(reference.folder);
  const listed = clipReferred(index, reference, placeOf(clip))?.pictures[placeOf(picture)];
  const bytes = folder && listed ? await readPicture(folder.path, listed.path) : null;
  if (bytes === null) return refused(404, ['There is no such picture.']);
  const isVersioned = new URL(request.url).searchParams.has('v');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'image/jpeg',
      'Content-Disposition': 'inline',
      'Cache-Control': isVersioned ? IMMUTABLE : REVALIDATED,
    },
  });
}
