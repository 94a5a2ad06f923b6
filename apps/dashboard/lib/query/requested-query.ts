import type { WatchIndex } from '../index/watch-index.ts';
import { parseJobQuery, type ParsedQuery } from './job-query.ts';

/** The view that a request's URL asks for. */
export function requestedQuery(index: WatchIndex, request: Request): ParsedQuery {
  const names = index.folders.map(({ name }) => name);
  return parseJobQuery(new URL(request.url).searchParams, names);
}
