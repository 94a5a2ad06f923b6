import { parseJobQuery } from '../query/job-query.ts';
import { visibleLine } from '../text/visible-text.ts';

/** A page for an address that asks for something else than the report of a day; `null` when it asks for one. */
export function noReport(
  parameters: URLSearchParams,
  folders: readonly { name: string }[],
): string | null {
  const { problems } = parseJobQuery(
    parameters,
    folders.map(({ name }) => name),
  );
  if (problems.length === 0) return null;
  const sentences = problems.map((problem) => `<p>${escaped(visibleLine(problem))}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No report</title>
<main>
<h1>There is no such report.</h1>
${sentences}
<p><a href="/report">Report of today</a></p>
</main>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
