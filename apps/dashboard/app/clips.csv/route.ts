import { mapped } from '@/lib/http/csv.ts';
import { answerView, csvAnswer } from '@/lib/http/view-answer.ts';
import { API_CLIP, apiClip } from '@/lib/query/api-clip.ts';
import { clipsInParts } from '@/lib/query/select-clips.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) =>
    csvAnswer('clips.csv', API_CLIP, mapped(clipsInParts(index, query), apiClip)),
  );
}
