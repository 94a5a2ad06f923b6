import rangesOf from 'range-parser';
import type { OpenFile } from '../index/file-in-place.ts';
import { stampOf } from '../index/read-listed-file.ts';
import { refused, streamed } from './responses.ts';

/** Limit on files being sent at a time. */
const MAX_STREAMS = 64;
let openStreams = 0;

/** Sends a file or the requested range of it. Closes the file once the response is sent or the client disconnects. */
export async function mediaResponse(
  request: Request,
  { file, stats }: OpenFile,
  type: string,
): Promise<Response> {
  const { size } = stats;
  const etag = `"${stampOf(stats)}"`;
  const isSame = [null, etag].includes(request.headers.get('if-range'));
  const range = isSame ? rangeOf(request.headers.get('range'), size) : null;
  const headers = {
    'Content-Type': type,
    'Content-Disposition': 'inline',
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  };
  if (range === 'none' || size === 0 || request.method === 'HEAD' || openStreams >= MAX_STREAMS) {
    await file.close();
    if (range === 'none')
      return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } });
    if (size === 0 || request.method === 'HEAD')
      return new Response(null, { headers: { ...headers, 'Content-Length': String(size) } });
    return refused(503, [`${MAX_STREAMS} proxies are being played already. Try again.`]);
  }
  // Once aborted, the signal fires no more events, and the file would stay open.
  if (request.signal.aborted) {
    await file.close();
    return new Response(null);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  openStreams += 1;
  const bytes = file.createReadStream({ start, end });
  bytes.once('close', () => (openStreams -= 1));
  request.signal.addEventListener('abort', () => bytes.destroy());
  const sent = { ...headers, 'Content-Length': String(end - start + 1) };
  return range === null
    ? streamed(bytes, sent)
    : streamed(bytes, { ...sent, 'Content-Range': `bytes ${start}-${end}/${size}` }, 206);
}

/** Byte range, both ends inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Suffix ranges: `range-parser` rejects one longer than the file, which RFC 9110 defines as the whole file. */
const SUFFIX = /(?<=[=,]\s*)-(\d+)/gu;

/**
 * Parses a `Range` header.
 * @returns `null` for the whole file (also for several ranges or other units); `'none'` if unsatisfiable
 */
export function rangeOf(header: string | null, size: number): ByteRange | null | 'none' {
  const clamped = header?.replaceAll(
    SUFFIX,
    (_, bytes: string) => `-${Math.min(Number(bytes), size)}`,
  );
  const ranges = rangesOf(size, clamped ?? '');
  if (ranges === -1) return 'none';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length > 1) return null;
  return ranges[0] ?? null;
}
