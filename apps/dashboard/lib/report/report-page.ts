import { cardName } from '@app/engines/card';
import { clipReason, clipsSentence } from '../format/clip-sentences.ts';
import { kindWords } from '../format/look-words.ts';
import { plainReason } from '../format/sentences.ts';
import { CLIP_VERDICTS } from '../format/state-words.ts';
import { markup, type Markup, type Shown } from '../http/markup.ts';
import type { ClipRow, ClipSums } from '../jobs/clip-row.ts';
import type { JobRow } from '../jobs/job-row.ts';
import { queryString, type JobQuery } from '../query/job-query.ts';
import { clipped } from '../text/visible-text.ts';
import { grouped } from '../text/grouped.ts';
import { counted, fileNameOf, formatBytes, formatDuration } from '../text/quantities.ts';

export interface Report {
  /** What it is called: the show, mostly. */
  title: string;
  /** Which days it is of, and what is left out. */
  span: string;
  /** When it was made, and in which time zone days are. */
  asOf: string;
  query: JobQuery;
  sums: ClipSums;
  cards: readonly (ClipSums & { path: string })[];
  clips: readonly ClipRow[];
  /** Whether more clips are than stand here. */
  isCut: boolean;
  /** Jobs that no sum has: no clip of theirs is known to be missing. */
  jobs: readonly JobRow[];
  /** Of the span: jobs that have not ended yet. */
  toEnd: number;
}

const NAME_LIMIT = 120;
const REASON_LIMIT = 300;

/** A report for paper: its head, the cards with totals, one line a clip, and the hashes behind them. */
export function reportPage(report: Report): string {
  const { title, span, cards, clips, isCut } = report;
  const totals: [number, number] = [
    sumOf(clips, 'output_size_bytes'),
    sumOf(clips, 'media_seconds'),
  ];
  const byCard = grouped(clips, ({ card }) => card);
  return page(
    `${title}, ${span}`,
    markup`${head(report, totals)}
${cards.length > 0 && cardsTable(cards, byCard)}
${report.jobs.length > 0 && withoutClips(report.jobs)}
${clips.length > 0 ? clipsTable(byCard) : markup`<p>No clip was done in this time.</p>`}
${isCut && markup`<p>Only the first ${counted(clips.length, 'clip')} stand here. The CSV of the list has all of them.</p>`}
${hashTable(clips)}`,
  );
}

/** A page for an address that asks for something else than a report. */
export function noReportPage(problems: readonly string[]): string {
  const sentences = problems.map((problem) => markup`<p>${problem}</p>`);
  const other = markup`<p><a href="/report">Report of today</a></p>`;
  return page('No report', markup`<h1>There is no such report.</h1>${sentences}${other}`);
}

function page(title: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/report.css"><link rel="icon" href="/mark.svg"></head>
<body><main>${body}</main></body></html>
`.text;
}

/** A row of a table. Heads of rows and cells end by themselves: a day of 5,000 clips is a page of half the size. */
function row(name: string, ...cells: Shown[]): Markup {
  return markup`<tr><th scope="row">${name}${cells.map((cell) => markup`<td>${cell}`)}
`;
}

function table(columns: readonly string[], rows: readonly Markup[], kind = ''): Markup {
  const heads = columns.map((column) => markup`<th scope="col">${column}`);
  const head = columns.length > 0 && markup`<thead><tr>${heads}</thead>`;
  return markup`<table class="${kind}">${head}<tbody>
${rows}</tbody></table>`;
}

function head(
  { title, span, asOf, query, sums, toEnd }: Report,
  [bytes, seconds]: [number, number],
): Markup {
  const size = bytes > 0 && ` ${formatBytes(bytes)}, ${formatDuration(seconds)} of proxies.`;
  const open = ` ${counted(toEnd, 'job')} ${toEnd === 1 ? 'has' : 'have'} not ended yet: of these only what is made stands here.`;
  const list = `/clips${queryString({ ...query, page: 1, pageSize: 50 })}`;
  return markup`<header><h1>${title}</h1>
<p class="day">Proxies, ${span}</p>
<p>${clipsSentence(sums)}${size}</p>
<p class="soft">As of ${asOf}.${toEnd > 0 && open}</p>
<form class="screen" action="/report">${keptOf(query)}
<label>Title <input name="title" value="${title}"></label> <button>Set</button>
<a href="${list}">These clips as a list</a> Print this page, or save it as PDF, with the browser.</form></header>`;
}

function cardsTable(cards: Report['cards'], clips: ReadonlyMap<string, ClipRow[]>): Markup {
  const rows = cards.map(({ path, total, through, failed, not_made, not_known }) => {
    const bytes = sumOf(clips.get(path) ?? [], 'output_size_bytes');
    const counts = [total, through, failed, not_made + not_known];
    return row(nameOf(path), ...counts, bytes > 0 && formatBytes(bytes), path);
  });
  const columns = ['Card', 'Proxies', 'Through', 'Failed', 'Not made', 'Size', 'Folder'];
  return markup`<h2>Cards</h2>${table(columns, rows, 'cards')}`;
}

function withoutClips(jobs: readonly JobRow[]): Markup {
  const rows = jobs.map(({ name, problem, failure_type, failure_reason }) => {
    const reason = problem ?? plainReason(failure_type, failure_reason);
    return row(clipped(name, NAME_LIMIT), clipped(reason, REASON_LIMIT));
  });
  return markup`<h2>Jobs that count no clips</h2>${table([], rows)}`;
}

/** One table: columns keep their places from one card to the next, and each sheet of paper has their heads. */
function clipsTable(byCard: ReadonlyMap<string, ClipRow[]>): Markup {
  const columns = ['Clip', 'State', 'Timecode', 'Length', 'Size', 'Proxy, or why there is none'];
  const rows = Array.from(byCard, ([card, clips]) => {
    const isOfKinds = new Set(clips.map(({ kind }) => kind)).size > 1;
    return markup`<tbody><tr class="card"><th scope="rowgroup" colspan="6"><h3>${nameOf(card)}</h3>
${clips.map((clip) => clipRow(clip, isOfKinds))}`;
  });
  return markup`<h2>Clips</h2>${table(columns, rows, 'clips')}`;
}

function clipRow(clip: ClipRow, isKindTold: boolean): Markup {
  const { status, timecode, media_seconds, output_size_bytes, output_path, kind } = clip;
  const { label } = CLIP_VERDICTS[status];
  const reason = clipReason(clip);
  const proxy = clipped(fileNameOf(output_path), NAME_LIMIT);
  return row(
    clipped(fileNameOf(clip.source_path), NAME_LIMIT),
    reason === null ? label : markup`<b>${label}</b>`,
    timecode,
    media_seconds !== null && formatDuration(media_seconds),
    output_size_bytes !== null && formatBytes(output_size_bytes),
    `${reason === null ? proxy : clipped(reason, REASON_LIMIT)}${isKindTold && kind !== null ? ` (${kindWords(kind)})` : ''}`,
  );
}

function hashTable(clips: readonly ClipRow[]): Markup | null {
  const made = clips.filter(({ output_xxh64 }) => output_xxh64 !== null);
  if (made.length === 0) return null;
  const rows = made.map(({ output_path, output_xxh64 }) =>
    row(clipped(fileNameOf(output_path), NAME_LIMIT), output_xxh64),
  );
  return markup`<h2 class="appendix">Appendix: xxHash64 of the proxies</h2>${table([], rows, 'hashes')}`;
}

/** Two of one name are told apart by the folder above. */
function nameOf(card: string): string {
  const above = cardName(card.slice(0, Math.max(0, card.lastIndexOf('/'))));
  return `${cardName(card) || 'No folder'} ${above}`.trimEnd();
}

function sumOf(clips: readonly ClipRow[], key: 'output_size_bytes' | 'media_seconds'): number {
  return clips.reduce((sum, clip) => sum + (clip[key] ?? 0), 0);
}

function keptOf(query: JobQuery): Markup[] {
  const kept = new URLSearchParams(queryString({ ...query, page: 1, pageSize: 50 }));
  return Array.from(
    kept,
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`,
  );
}
