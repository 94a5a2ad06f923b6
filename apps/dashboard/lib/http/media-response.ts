import rangesOf from 'range-parser';
import type { OpenFile } from '../index/file-in-place.ts';
import { stampOf } from '../index/read-listed-file.ts';
import { refused, streamed } from './responses.ts';

/** Each holds a file open. */
const MOST_AT_ONCE = 64;
let open = 0;

/** A file, or the part of it that is asked for; it is closed when that was sent or nobody waits for it any more. */
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
  if (range === 'none' || size === 0 || request.method === 'HEAD' || open >= MOST_AT_ONCE) {
    await file.close();
    if (range === 'none')
      return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } });
    if (size === 0 || request.method === 'HEAD')
      return new Response(null, { headers: { ...headers, 'Content-Length': String(size) } });
    return refused(503, [`${MOST_AT_ONCE} proxies are being played already. Try again.`]);
  }
  // Of a reader who is gone already, no signal and no end of the stream would tell.
  if (request.signal.aborted) {
    await file.close();
    return new Response(null);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  open += 1;
  const bytes = file.createReadStream({ start, end });
  bytes.once('close', () => (open -= 1));
  request.signal.addEventListener('abort', () => bytes.destroy());
  const sent = { ...headers, 'Content-Length': String(end - start + 1) };
  return range === null
    ? streamed(bytes, sent)
    : streamed(bytes, { ...sent, 'Content-Range': `bytes ${start}-${end}/${size}` }, 206);
}

/** Bytes of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** The parser knows no bytes of a file that has fewer than a suffix asks for: all of them are meant. */
const SUFFIX = /(?<=[=,]\s*)-(\d+)/gu;

/**
 * The one range that a request asks for.
 * @returns `null` for all of it, which several ranges and other units mean as well; `'none'` when no byte of it is there
 */
export function rangeOf(header: string | null, size: number): ByteRange | null | 'none' {
  const asked = header?.replaceAll(
    SUFFIX,
    (_, bytes: string) => `-${Math.min(Number(bytes), size)}`,
  );
  const ranges = rangesOf(size, asked ?? '');
  if (ranges === -1) return 'none';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length > 1) return null;
  return ranges[0] ?? null;
}
