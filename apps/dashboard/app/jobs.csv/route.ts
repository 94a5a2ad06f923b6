import { mapped } from '@/lib/http/csv.ts';
import { answerView, csvAnswer } from '@/lib/http/view-answer.ts';
import { API_JOB, apiJob } from '@/lib/query/api-job.ts';
import { jobsInParts } from '@/lib/query/select-jobs.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('jobs.csv', API_JOB, mapped(jobsInParts(index, query), apiJob)),
  );
}
