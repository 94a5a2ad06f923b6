import Link from 'next/link';
import { IndexingNote } from '@/components/overview/indexing-note.tsx';
import { Name } from '@/components/text/name.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { splitPath } from '@/lib/names/words.ts';
import { timeZone } from '@/lib/query/days.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import { queryString } from '@/lib/query/job-query.ts';
import { clipsInParts, selectClips } from '@/lib/query/select-clips.ts';
import { formatBytes, formatCount } from '@/lib/text/quantities.ts';
import { ReportTable } from './report-table.tsx';
import styles from './report.module.css';

/** So many clips make some hundred pages of paper. */
const MOST = 5000;

interface Props {
  index: WatchIndex;
  query: JobQuery;
  /** `YYYY-MM-DD`. */
  day: string;
}

/** What was done on a day: totals, failures with their reasons, and every clip with its checks and hash. */
export function DayReport({ index, query, day }: Props) {
  const { sums } = selectClips(index, { ...query, pageSize: 1 });
  const clips = firstClips(index, query);
  const bytes = clips.reduce((sum, clip) => sum + (clip.output_size_bytes ?? 0), 0);
  return (
    <article className={styles.report}>
      <header>
        <p className={styles.day}>
          {day}, {timeZone()}
          {query.folder !== null && (
            <>
              {' · '}
              <Name value={query.folder} />
            </>
          )}
        </p>
        <h1>{clipsSentence(sums)}</h1>
        {bytes > 0 && <p>{formatBytes(bytes)} of proxies.</p>}
        <p className={styles.tools}>
          Print this page, or save it as PDF, with the browser.{' '}
          <Link href={`/clips${queryString({ ...query, page: 1, pageSize: 50 })}`}>
            These clips as a list
          </Link>
        </p>
      </header>
      <IndexingNote index={index} />
      {groupsOf(clips).map(([dir, rows]) => (
        <ReportTable key={dir} dir={dir} rows={rows} />
      ))}
      {clips.length === 0 && <p>No clip was done on this day.</p>}
      {clips.length >= MOST && (
        <p>Only the first {formatCount(MOST)} clips stand here. Choose a folder to see the rest.</p>
      )}
    </article>
  );
}

function firstClips(index: WatchIndex, query: JobQuery): ClipRow[] {
  const clips: ClipRow[] = [];
  for (const part of clipsInParts(index, query)) {
    clips.push(...part.filter(({ latest }) => latest));
    if (clips.length >= MOST) break;
  }
  return clips.slice(0, MOST);
}

function groupsOf(clips: readonly ClipRow[]): [string, ClipRow[]][] {
  const groups = new Map<string, ClipRow[]>();
  for (const clip of clips) {
    const { dir } = splitPath(clip.source_path);
    const rows = groups.get(dir) ?? [];
    groups.set(dir, rows);
    rows.push(clip);
  }
  return [...groups];
}
