import { watchIndex } from '@/lib/live/watch-index.ts';
import { parseJobQuery } from '@/lib/query/job-query.ts';
import { readValue, textRule } from '@/lib/query/rules.ts';
import { makeReport } from '@/lib/report/make-report.ts';
import { noReportPage, reportPage } from '@/lib/report/report-page.ts';

/** A day, a night or a card to hand over, on paper or as PDF by the browser. On paper a hint is soon lost: a bad address gets no report. */
export function GET(request: Request): Response {
  const index = watchIndex();
  const parameters = new URL(request.url).searchParams;
  const title = readValue(textRule, parameters.get('title') ?? '');
  parameters.delete('title');
  const folders = index.folders.map(({ name }) => name);
  const { query, problems } = parseJobQuery(parameters, folders);
  if (problems.length > 0) return answer(noReportPage(problems), 404);
  const named = typeof title === 'string' && title !== '' ? title : null;
  return answer(reportPage(makeReport(index, query, named, Date.now())));
}

function answer(page: string, status = 200): Response {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(page, { status, headers });
}
