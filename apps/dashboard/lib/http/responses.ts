import { watchIndex, type WatchIndex } from '../index/watch-index.ts';
import { parseJobQuery, type JobQuery } from '../query/job-query.ts';
import { readParameters } from '../query/rules.ts';

/** Answers are about files that change at any time: nobody keeps them. */
const FRESH = { 'Cache-Control': 'no-store' };

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: FRESH });
}

/** A sentence that says what was wrong, or what was expected. */
export function refused(status: 400 | 404 | 503, problems: readonly string[]): Response {
  return json({ error: problems.join(' ') }, status);
}

/** For what takes no parameters. @returns `null` when the request has none */
export function refusedParameters(request: Request): Response | null {
  const { problems } = readParameters(new URL(request.url).searchParams, {});
  return problems.length === 0 ? null : refused(400, problems);
}

/** Answers for the view that a request's URL asks for. */
export function answerView(
  request: Request,
  answer: (index: WatchIndex, query: JobQuery) => Response,
): Response {
  const index = watchIndex();
  const { query, problems } = parseJobQuery(index, new URL(request.url).searchParams);
  return problems.length > 0 ? refused(400, problems) : answer(index, query);
}

/** A large body that is written as fast as it is read. */
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
    // Whoever goes away leaves no file open.
    async cancel() {
      await iterator.return?.(undefined);
    },
  });
  return new Response(body, { status, headers: { ...FRESH, ...headers } });
}
