import { json, refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const index = watchIndex();
  const ofFolders = index.folders.flatMap(({ name, problem }) =>
    problem === null || problem.isNew ? [] : [`${name}: ${problem.sentence}`],
  );
  const problems = index.problem === null ? ofFolders : [index.problem, ...ofFolders];
  return problems.length === 0 ? json({ status: 'ok' }) : refused(503, problems);
}
