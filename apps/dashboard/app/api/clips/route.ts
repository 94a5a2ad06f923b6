import { answerView, json } from '@/lib/http/responses.ts';
import { apiClip } from '@/lib/query/api-rows.ts';
import { selectClips } from '@/lib/query/select-clips.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) => {
    const { sums, count: cards, rows } = selectClips(index, query);
    const { page, pageSize } = query;
    const { indexing } = index;
    return json({ ...sums, cards, page, pageSize, indexing, clips: rows.map(apiClip) });
  });
}
