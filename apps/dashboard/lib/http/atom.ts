import { counted } from '../text/quantities.ts';
import { plainReason } from '../format/sentences.ts';
import { VERDICT_LABELS, verdictOf } from '../format/state-words.ts';
import { escaped } from './markup.ts';
import { clipped, visibleLine } from '../text/visible-text.ts';
import { jobPath } from '../query/job-path.ts';
import type { JobRow } from '../jobs/job-row.ts';

/** Entries keep their ids whatever address the feed is read at. */
const AUTHORITY = 'tag:watch-folder-runner,2025:';
const TEXT_LIMIT = 2000;

/**
 * An Atom feed (RFC 4287) of jobs that ended.
 * @param base where readers reach the dashboard, without a final slash
 * @param self path and query of the feed
 */
export function atomFeed(rows: readonly JobRow[], base: string, self: string): string {
  const updated = new Date(rows[0]?.when ?? 0).toISOString();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${xml(AUTHORITY + self)}</id>
  <title>watch-folder-runner: finished and failed jobs</title>
  <updated>${updated}</updated>
  <author><name>watch-folder-runner</name></author>
  <link rel="self" type="application/atom+xml" href="${xml(base + self)}"/>
  <link rel="alternate" type="text/html" href="${xml(`${base}/jobs`)}"/>
${rows.map((row) => entry(row, base)).join('')}</feed>
`;
}

function entry(row: JobRow, base: string): string {
  const link = base + jobPath(row);
  const at = new Date(row.when).toISOString();
  return `  <entry>
    <id>${xml(`${AUTHORITY}${jobPath(row)}#${at}`)}</id>
    <title>${xml(`${row.name}: ${VERDICT_LABELS[verdictOf(row)].toLowerCase()}`)}</title>
    <updated>${at}</updated>
    <link rel="alternate" type="text/html" href="${xml(link)}"/>
    <category term="${row.state}"/>
    <summary>${xml(summaryOf(row))}</summary>
  </entry>
`;
}

function summaryOf(row: JobRow): string {
  const made = row.total_clips
    ? `${row.completed_clips ?? 0} of ${counted(row.total_clips, 'clip')} made in ${row.folder}.`
    : `In ${row.folder}.`;
  const why = row.failure_reason && ended(plainReason(row.failure_type, row.failure_reason));
  const now = row.outcome?.isMadeGood && 'A proxy of each of its clips is there.';
  return [why, made, now].filter(Boolean).join(' ');
}

/** A reason, with a stop behind it. */
function ended(reason: string): string {
  const text = reason.trimEnd();
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** XML knows no control characters, not even escaped: they are written out first. */
function xml(text: string): string {
  return escaped(clipped(visibleLine(text), TEXT_LIMIT).toWellFormed());
}
