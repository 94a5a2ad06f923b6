import { answerView, json } from '@/lib/http/responses.ts';
import { apiClip } from '@/lib/query/api-rows.ts';
import { onlyCard, selectClips } from '@/lib/query/select-clips.ts';

export function GET(request: Request): Response {
  return answerView(request, (index, query) => {
    const view = selectClips(index, query);
    const { sums, count: cards, rows } = view;
    const on_record = onlyCard(index, view)?.isOnRecord ?? false;
    const { page, pageSize } = query;
    const { indexing } = index;
    return json({ ...sums, on_record, cards, page, pageSize, indexing, clips: rows.map(apiClip) });
  });
}
