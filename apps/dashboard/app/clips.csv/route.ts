import { csvResponse } from '@/lib/http/csv.ts';
import { answerView } from '@/lib/http/responses.ts';
import { CLIP_COLUMNS } from '@/lib/query/api-rows.ts';
import { clipsInParts } from '@/lib/query/select-clips.ts';
import { clipVerdict } from '@/lib/words/state-words.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvResponse('clips.csv', CLIP_COLUMNS, clipsInParts(index, query), (row) => ({
      ...row,
      status: clipVerdict(row, index.folder(row.folder)?.runner).label,
    })),
  );
}
