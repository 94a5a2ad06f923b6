import { ViewNotes } from '@/components/shell/view-notes.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { isFiltered, type JobQuery } from '@/lib/query/job-query.ts';
import { firstClips, groupsOf, isMadeGood } from '@/lib/query/report-clips.ts';
import { posters } from '@/lib/query/shown-pictures.ts';
import { selectClips } from '@/lib/query/select-clips.ts';
import { formatCount } from '@/lib/text/quantities.ts';
import { ReportHead } from './report-head.tsx';
import { ReportTable } from './report-table.tsx';
import styles from './report.module.css';

/** So many clips make some hundred pages of paper. */
const MOST = 5000;

interface Props {
  index: WatchIndex;
  query: JobQuery;
  /** `YYYY-MM-DD`. */
  day: string;
  /** Jobs that have not ended yet; `null` when the day is over. */
  toEnd: number | null;
}

/** What was done on a day: totals, failures with their reasons, and every clip with its checks and hash. */
export async function DayReport({ index, query, day, toEnd }: Props) {
  const view = selectClips(index, { ...query, pageSize: 1 });
  const clips = firstClips(index, query, MOST);
  const pictures = await posters(index, clips);
  const isAll = clips.length < MOST;
  const bytes = isAll ? clips.reduce((sum, clip) => sum + (clip.output_size_bytes ?? 0), 0) : 0;
  return (
    <article className={styles.report}>
      <ReportHead
        {...{ index, query, day, view, bytes, toEnd }}
        good={isAll ? clips.filter(isMadeGood).length : 0}
      />
      <ViewNotes index={index} folder={query.folder} />
      {groupsOf(clips).map(([dir, rows]) => (
        <ReportTable
          key={dir}
          {...{ dir, rows, pictures }}
          sums={view.groups.get(rows[0]?.dir ?? -1)}
        />
      ))}
      {clips.length === 0 && (
        <p>
          {emptySentence(
            index.indexing === null,
            isFiltered({ ...query, day: null, folder: null }),
          )}
        </p>
      )}
      {!isAll && (
        <p>
          Only the first {formatCount(MOST)} clips stand here. Exports of the list have all clips.
        </p>
      )}
    </article>
  );
}

function emptySentence(isRead: boolean, isPart: boolean): string {
  if (isPart) return isRead ? 'No clip of this day matches.' : 'No clip read so far matches.';
  return isRead ? 'No clip was done on this day.' : 'No clip of this day is read yet.';
}
