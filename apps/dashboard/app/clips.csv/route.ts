import { csvAnswer } from '@/lib/http/csv.ts';
import { answerView } from '@/lib/http/responses.ts';
import { CLIP_COLUMNS } from '@/lib/query/api-rows.ts';
import { clipsInParts } from '@/lib/query/select-clips.ts';
import { CLIP_VERDICTS } from '@/lib/words/state-words.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('clips.csv', CLIP_COLUMNS, clipsInParts(index, query), (row) => ({
      ...row,
      status: CLIP_VERDICTS[row.status].label,
    })),
  );
}
