import { withoutControls } from '@app/jobspec';
import type { TableRow } from './table.ts';

export interface PageFacts {
  title: string;
  /** Sentences on top. */
  summary: readonly string[];
  rows: readonly TableRow[];
}

/** Titles of columns, and what is in them. */
type Columns = Readonly<Record<string, keyof TableRow>>;

const FAILED: Columns = { Source: 'source', Why: 'reason', Job: 'job' };
const UNPLANNED: Columns = { Clip: 'source', Why: 'reason' };
const LOST: Columns = { Source: 'source', Proxy: 'proxy', Why: 'reason' };
const MADE: Columns = {
  Source: 'source',
  Proxy: 'proxy',
  Start: 'start',
  End: 'end',
  Frames: 'frames',
  Rate: 'rate',
  Reel: 'reel',
  XXH64: 'xxh64',
};
/** What is missing comes first, then what was made. */
const SECTIONS: readonly (readonly [title: string, TableRow['status'], Columns])[] = [
  ['Failed', 'failed', FAILED],
  ['Never begun', 'not_begun', FAILED],
  ['Not planned', 'not_planned', UNPLANNED],
  ['Still to be made', 'to_come', FAILED],
  ['Lost or changed since they were made', 'lost', LOST],
  ['Made', 'made', MADE],
];

const STYLE = `body{font:14px/1.4 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ccc}
td{overflow-wrap:anywhere}tr{break-inside:avoid}`;

/** One page for people and paper. */
export function pageOf({ title, summary, rows }: PageFacts): string {
  const sections = SECTIONS.map(([name, status, columns]) =>
    section(
      name,
      columns,
      rows.filter((row) => row.status === status),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${summary.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
${sections.join('\n')}
</body>
</html>
`;
}

function section(title: string, columns: Columns, rows: readonly TableRow[]): string {
  if (rows.length === 0) return '';
  const head = Object.keys(columns)
    .map((name) => `<th scope="col">${name}</th>`)
    .join('');
  const keys = Object.values(columns);
  const lines = rows.map(
    (row) => `<tr>${keys.map((key) => `<td>${escaped(row[key])}</td>`).join('')}</tr>`,
  );
  return `<h2>${title}</h2>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`;
}

function escaped(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
