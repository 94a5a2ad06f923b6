import { csvAnswer } from '@/lib/http/csv.ts';
import { answerView } from '@/lib/http/responses.ts';
import { JOB_COLUMNS } from '@/lib/query/api-rows.ts';
import { jobsInParts } from '@/lib/query/select-jobs.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('jobs.csv', JOB_COLUMNS, jobsInParts(index, query)),
  );
}
