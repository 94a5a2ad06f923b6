import { answerView, json } from '@/lib/http/responses.ts';
import { apiJob } from '@/lib/query/api-rows.ts';
import { selectPage } from '@/lib/query/select-jobs.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) => {
    const { total, rows } = selectPage(index, query);
    const { page, pageSize } = query;
    return json({ total, page, pageSize, indexing: index.indexing, jobs: rows.map(apiJob) });
  });
}
