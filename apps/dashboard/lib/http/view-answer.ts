import { watchIndex, type WatchIndex } from '../live/watch-index.ts';
import { parseJobQuery, type JobQuery } from '../query/job-query.ts';
import { csvOf } from './csv.ts';
import { refused, streamed } from './responses.ts';

/** Answers for the view that a request's URL asks for. */
export function answerView(
  request: Request,
  answer: (index: WatchIndex, query: JobQuery) => Response,
): Response {
  const index = watchIndex();
  const folders = index.folders.map(({ name }) => name);
  const { query, problems } = parseJobQuery(new URL(request.url).searchParams, folders);
  return problems.length > 0 ? refused(400, problems) : answer(index, query);
}

/** All rows of a view as a file, whatever its page. */
export function csvAnswer(
  file: string,
  columns: readonly string[],
  parts: Parameters<typeof csvOf>[1],
): Response {
  return streamed(csvOf(columns, parts), {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${file}"`,
  });
}
