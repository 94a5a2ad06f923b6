import { mapped } from '@/lib/http/csv.ts';
import { answerView, csvAnswer } from '@/lib/http/view-answer.ts';
import { JOB_COLUMNS, apiJob } from '@/lib/query/api-rows.ts';
import { jobsInParts } from '@/lib/query/select-jobs.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('jobs.csv', JOB_COLUMNS, mapped(jobsInParts(index, query), apiJob)),
  );
}
