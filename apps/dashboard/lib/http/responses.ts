import { watchIndex, type WatchIndex } from '../index/watch-index.ts';
import { parseJobQuery, type JobQuery } from '../query/job-query.ts';
import { readParameters } from '../query/rules.ts';

/** Responses describe files that can change at any time. */
const FRESH = { 'Cache-Control': 'no-store' };

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: FRESH });
}

/** Error response. @param problems one sentence each: what was wrong or expected */
export function refused(status: 400 | 404 | 503, problems: readonly string[]): Response {
  return json({ error: problems.join(' ') }, status);
}

/** Refuses all query parameters. @returns `null` if the request has none */
export function refusedParameters(request: Request): Response | null {
  const { problems } = readParameters(new URL(request.url).searchParams, {});
  return problems.length === 0 ? null : refused(400, problems);
}

/** Answers a request with the view that its URL describes, or with 400. */
export function answerView(
  request: Request,
  answer: (index: WatchIndex, query: JobQuery) => Response,
): Response {
  const index = watchIndex();
  const { query, problems } = parseJobQuery(index, new URL(request.url).searchParams);
  return problems.length > 0 ? refused(400, problems) : answer(index, query);
}

/** Streams a large body with backpressure. */
export function streamed(
  parts: Iterable<string> | AsyncIterable<string | Uint8Array>,
  headers: Record<string, string>,
  status = 200,
): Response {
  const iterator =
    Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    // Closes the file if the client disconnects.
    async cancel() {
      await iterator.return?.(undefined);
    },
  });
  return new Response(body, { status, headers: { ...FRESH, ...headers } });
}
