import { type FolderFault, folderFault, IS_LINK, linkBelow, stat } from '../files/index.ts';
import { counted } from '../text/index.ts';
import type { JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import type { PlanRequest } from './plan-request.ts';
import { namedRootOf } from './proxy-folder.ts';

/** Leaves out jobs whose folder isn't there and can't be made, before anything is hashed or written. */
export async function reachable(
  documents: readonly JobDocument[],
  { place }: Pick<PlanRequest, 'place'>,
): Promise<{ documents: JobDocument[]; problems: Problem[] }> {
  const kept: JobDocument[] = [];
  const barred = new Map<string, { fact: string; proxies: number }>();
  for (const document of documents) {
    const link = await linkBelow(namedRootOf(document, place), document.directory);
    const fault =
      link === null ? await makingFault(document.directory) : { path: link, fact: IS_LINK };
    if (fault === null) kept.push(document);
    else {
      const proxies = (barred.get(fault.path)?.proxies ?? 0) + document.clips.length;
      barred.set(fault.path, { fact: fault.fact, proxies });
    }
  }
  const problems = Array.from(barred, ([path, { fact, proxies }]): Problem => {
    const reason = `${path} ${fact}. ${counted(proxies, 'proxy')} would lie below it. Put that right, or name another --output.`;
    return { path, kind: 'output', reason };
  });
  return { documents: kept, problems };
}

/** A folder that is there may be written to by the runner's machine alone. */
export async function makingFault(directory: string): Promise<FolderFault | null> {
  const there = await stat(directory).catch(() => null);
  return there?.isDirectory() ? null : folderFault(directory);
}
