import { csvResponse } from '@/lib/http/csv.ts';
import { answerView } from '@/lib/http/responses.ts';
import { JOB_COLUMNS } from '@/lib/query/api-rows.ts';
import { jobsInParts } from '@/lib/query/select-jobs.ts';
import { VERDICT_LABELS, verdictOf } from '@/lib/words/state-words.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvResponse('jobs.csv', JOB_COLUMNS, jobsInParts(index, query), (row) => ({
      ...row,
      state: VERDICT_LABELS[verdictOf(row, index.folder(row.folder)?.runner)],
    })),
  );
}
