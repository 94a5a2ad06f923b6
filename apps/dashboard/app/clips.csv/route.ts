import { mapped } from '@/lib/http/csv.ts';
import { answerView, csvAnswer } from '@/lib/http/view-answer.ts';
import { CLIP_COLUMNS, apiClip } from '@/lib/query/api-rows.ts';
import { clipsInParts } from '@/lib/query/select-clips.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('clips.csv', CLIP_COLUMNS, mapped(clipsInParts(index, query), apiClip)),
  );
}
