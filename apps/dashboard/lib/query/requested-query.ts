import type { WatchIndex } from '../live/watch-index.ts';
import { parseJobQuery, type ParsedQuery } from './job-query.ts';

export type PageParameters = Promise<Record<string, string | string[] | undefined>>;

/** The view that a page's URL asks for. */
export async function pageQuery(
  index: WatchIndex,
  parameters: PageParameters,
): Promise<ParsedQuery> {
  const pairs = Object.entries(await parameters).flatMap(([key, value]) =>
    [value ?? []].flat().map((single): [string, string] => [key, single]),
  );
  const folders = index.folders.map(({ name }) => name);
  return parseJobQuery(new URLSearchParams(pairs), folders);
}
