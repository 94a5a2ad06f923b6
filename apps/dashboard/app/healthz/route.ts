import { json, refused } from '@/lib/http/responses.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const problems = watchIndex().folders.flatMap(({ name, problem }) =>
    problem === null || problem.isNew ? [] : [`${name}: ${problem.sentence}`],
  );
  return problems.length === 0 ? json({ status: 'ok' }) : refused(503, problems);
}
