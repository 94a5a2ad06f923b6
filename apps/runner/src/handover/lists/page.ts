import { withoutControls } from '../../text/index.ts';
import type { TableRow } from './table.ts';

export interface PageFacts {
  title: string;
  /** Sentences on top. */
  summary: readonly string[];
  rows: readonly TableRow[];
}

type Column = readonly [title: string, key: keyof TableRow];

const FAILED: readonly Column[] = [
  ['Source', 'source'],
  ['Why', 'reason'],
  ['Job', 'job'],
];
const LOST: readonly Column[] = [
  ['Source', 'source'],
  ['Proxy', 'proxy'],
  ['Why', 'reason'],
];
const MADE: readonly Column[] = [
  ['Source', 'source'],
  ['Proxy', 'proxy'],
  ['Start', 'start'],
  ['End', 'end'],
  ['Frames', 'frames'],
  ['Rate', 'rate'],
  ['Reel', 'reel'],
  ['XXH64', 'xxh64'],
];

const STYLE = `body{font:14px/1.4 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ccc}
td{overflow-wrap:anywhere}tr{break-inside:avoid}`;

/** One page for people and paper: what failed and what was never begun first, then what was made. */
export function pageOf({ title, summary, rows }: PageFacts): string {
  const failed = rows.filter(({ status }) => status === 'failed');
  const notBegun = rows.filter(({ status }) => status === 'not_begun');
  const lost = rows.filter(({ status }) => status === 'lost');
  const made = rows.filter(({ status }) => status === 'made');
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
${section('Failed', FAILED, failed)}
${section('Never begun', FAILED, notBegun)}
${section('Lost or changed since they were made', LOST, lost)}
${section('Made', MADE, made)}
</body>
</html>
`;
}

function section(title: string, columns: readonly Column[], rows: readonly TableRow[]): string {
  if (rows.length === 0) return '';
  const head = columns.map(([name]) => `<th scope="col">${name}</th>`).join('');
  const lines = rows.map(
    (row) => `<tr>${columns.map(([, key]) => `<td>${escaped(row[key])}</td>`).join('')}</tr>`,
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
